import Testing

@testable import PluginRuntime

@Suite("A library that needs another one")
struct NeighbourTests {
    private let directory = TemporaryDirectory()

    @Test("which lies beside it is told where its neighbour has to be")
    func beside() throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        var bytes = try Files.read(library.path)
        // The same file for the linker, under a name that no machine has.
        let name = try #require(bytes.firstRange(of: Array("libc.so.6".utf8)))
        bytes.replaceSubrange(name, with: Array("libq.so.6".utf8))
        try Files.write(bytes, to: library.path)
        try Files.write(bytes, to: directory.path + "/libq.so.6")
        let digest = try LibraryEvidence(library.path, keys: []).digest
        let fault = #expect(throws: VerifiedLibrary.Fault.self) {
            _ = try VerifiedLibrary.open(library.path, digest: digest)
        }
        let text = fault?.description ?? ""
        #expect(text.hasPrefix("libq.so.6: cannot open shared object file"), "\(text)")
        #expect(text.contains("what lies beside it ($ORIGIN in its run path) is not found"), "\(text)")
    }
}
