import Testing

@testable import PluginRuntime

@Suite("Names of functions")
struct ELFSymbolsTests {
    @Test("come from regular files that are whole, whatever a crashed process says")
    func refusals() throws {
        let directory = TemporaryDirectory()
        let whole = try Files.read(Products.library("FixtureFaults"))
        for (name, bytes) in [
            ("empty", []), ("text", Array("no library".utf8)), ("head", Array(whole.prefix(64))),
        ] {
            try Files.write(bytes, to: "\(directory.path)/\(name)")
            #expect(ELFSymbols(path: "\(directory.path)/\(name)") == nil)
        }
        for path in ["/dev/zero", "/", "/nowhere"] { #expect(ELFSymbols(path: path) == nil) }
    }

    @Test(
        "survive a file in which any byte may be another",
        arguments: (0..<20).map { _ in UInt64.random(in: 0 ... .max) }
    )
    func damage(_ seed: UInt64) throws {
        var dice = Dice(state: seed)
        let directory = TemporaryDirectory()
        var bytes = try Files.read(Products.library("FixtureFaults"))
        // The header, and the table of sections at the end.
        for _ in 0..<40 {
            bytes[Int.random(in: 16..<64, using: &dice)] = .random(in: 0 ... .max, using: &dice)
            let place = Int.random(in: (bytes.count - 2048)..<bytes.count, using: &dice)
            bytes[place] = .random(in: 0 ... .max, using: &dice)
        }
        try Files.write(bytes, to: directory.path + "/lib.so")
        _ = ELFSymbols(path: directory.path + "/lib.so")?.functions(at: [0, 0x1200, .max])
    }

    @Test("hold nothing that steers a terminal")
    func printable() {
        #expect("a\u{1B}[31mb\nc\u{7F}".printable == "a?[31mb?c?")
        #expect("größer → ok".printable == "größer → ok")
    }
}
