import Testing

@testable import PluginRuntime

@Suite("Library format")
struct LibraryFormatTests {
    @Test("takes a library that is whole", arguments: ["Echo", "FixtureVersions", "Everything"])
    func whole(_ name: String) throws {
        #expect(LibraryFormat.fault(in: try Files.read(Products.library(name))) == nil)
    }

    @Test("refuses every beginning of one", arguments: [64, 65, 200, 1_000, 4_096, 8_192])
    func beginnings(_ count: Int) throws {
        let bytes = try Files.read(Products.library("Echo"))
        try #require(bytes.count > count)
        let fault = LibraryFormat.fault(in: Array(bytes.prefix(count)))
        #expect(
            fault?.clause.contains("is incomplete") == true,
            "\(count) of \(bytes.count) bytes: \(fault?.clause ?? "no fault")"
        )
    }

    @Test("refuses one that has its size and is not filled in yet")
    func holes() throws {
        var bytes = try Files.read(Products.library("Echo"))
        let half = bytes.count / 2
        bytes.replaceSubrange(half..., with: repeatElement(0, count: bytes.count - half))
        #expect(LibraryFormat.fault(in: bytes)?.clause.contains("is not filled in") == true)
    }
}
