import Testing

@testable import PluginRuntime

@Suite("Image store")
struct ImageStoreTests {
    private let directory = TemporaryDirectory()

    @Test("copies a library to a path that names its content")
    func copies() throws {
        let store = ImageStore(dataDirectory: directory.path)
        let image = try store.image(of: Products.library("Echo"), alias: "echo")
        #expect(image.path == "\(directory.path)/images/libEcho-\(image.digest).so")
        #expect(image.digest.count == 64)
        #expect(try Files.read(image.path) == Files.read(Products.library("Echo")))
        #expect(try store.image(of: Products.library("Echo"), alias: "echo") == image)
    }

    @Test("replaces a copy that is not what its name says")
    func replaces() throws {
        let store = ImageStore(dataDirectory: directory.path)
        let image = try store.image(of: Products.library("Echo"), alias: "echo")
        try Files.write([1, 2, 3], to: image.path)
        _ = try store.image(of: Products.library("Echo"), alias: "echo")
        #expect(try Files.read(image.path) == Files.read(Products.library("Echo")))
    }

    @Test(
        "names a file that is no library of this machine",
        arguments: [
            ([UInt8](repeating: 65, count: 100), "does not begin as an ELF file does"),
            ([], "does not begin as an ELF file does"),
            (header(class: 1, type: 3, machine: 62), "is no 64-bit little-endian library"),
            (
                header(class: 2, type: 2, machine: 62),
                "is an ELF file but no shared library (type 2, expected 3)"
            ),
            (header(class: 2, type: 3, machine: 243), "was built for riscv"),
        ]
    )
    func refuses(_ content: [UInt8], _ words: String) throws {
        let path = directory.path + "/libBad.so"
        try Files.write(content, to: path)
        let failure = #expect(throws: PluginFailure.self) {
            try ImageStore(dataDirectory: directory.path).image(of: path, alias: "bad")
        }
        #expect(failure?.message.contains(words) == true)
        #expect(failure?.message.contains(path) == true)
    }

    private static func header(class: UInt8, type: UInt8, machine: UInt8) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, `class`, 1])
        bytes[16] = type
        bytes[18] = machine
        return bytes
    }
}
