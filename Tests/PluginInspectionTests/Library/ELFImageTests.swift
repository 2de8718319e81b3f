import PluginRuntime
import Testing

@testable import PluginInspection

/// The reader of libraries, which trusts no byte of them.
@Suite("A library's tables", .timeLimit(.minutes(10)))
struct ELFImageTests {
    @Test("are read from a library of C: what it needs, shows and lacks") func plain() async throws {
        let bytes = try await CompiledLibraries.shared.bytes(
            of: BrokenLibrary(macros: ["FURTHER", "NEEDS=weather_now"])
        )
        let image = try ELFImage(bytes)
        let facts = try LibraryFacts(image, size: bytes.count)
        #expect(facts.needed == ["libc.so.6"])
        #expect(Set(facts.exported) == ["roost_plugin_entry_v1", "weather_today", "needed"])
        #expect(facts.undefined.contains("weather_now") && facts.undefined.contains("malloc"))
        #expect(!facts.holdsSwift && !image.hasExecutableStack)
        #expect(image.versionNeeds.contains { $0.library == "libc.so.6" && $0.version.hasPrefix("GLIBC_") })
        #expect(try image.symbols.defines("weather_today") && !image.symbols.defines("weather_now"))
    }

    @Test("are read from a library of Swift") func swift() throws {
        let bytes = try Files.read(Project.library("Everything"))
        let facts = try LibraryFacts(try ELFImage(bytes), size: bytes.count)
        #expect(facts.needed.contains("libswiftCore.so") && facts.exported == ["roost_plugin_entry_v1"])
        #expect(facts.holdsSwift)
    }

    @Test("lead to the libraries and symbols of this machine") func machine() throws {
        let source = LibrarySource(executable: Project.roost)
        let roost = LibrarySource.Found(
            image: try ELFImage(try Files.read(Project.roost)),
            folder: Project.products
        )
        let (found, missing) = source.closure(of: roost)
        #expect(missing.isEmpty)
        #expect(try found["libc.so.6"]?.image.defines("malloc") == true)
        #expect(try found["libc.so.6"]?.image.defines("weather_now") == false)
        #expect(
            found["libc.so.6"]?.image.definedVersions.contains("GLIBC_2.2.5") == true
                || found["libc.so.6"] != nil
        )
    }

    @Test("that end anywhere end in a finding") func truncated() async throws {
        let bytes = try await CompiledLibraries.shared.bytes(of: BrokenLibrary())
        for count in stride(from: 0, to: bytes.count, by: 61) {
            let findings = LibraryRules.inspect(Array(bytes.prefix(count)), name: "x").findings
            #expect(findings.contains { $0.code.severity == .error }, "\(count) bytes")
        }
    }

    @Test("with any bytes changed are read to an end", arguments: 0..<4) func mangled(
        _ part: Int
    ) async throws {
        let bytes = try await CompiledLibraries.shared.bytes(of: BrokenLibrary())
        var random = SeededGenerator(seed: UInt64(part) &+ 1)
        let tables = [0..<64, 64..<1024, 1024..<min(4096, bytes.count), 0..<bytes.count]
        for _ in 0..<150 {
            var mangled = bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: tables[part], using: &random)
                mangled[place] = random.oneIn(2) ? 0xFF : UInt8.random(in: 0...255, using: &random)
            }
            let (facts, findings) = LibraryRules.inspect(mangled, name: "x")
            // No facts without a reason.
            #expect(facts != nil || !findings.isEmpty)
            if facts != nil { _ = try? ELFImage(mangled).symbols.defines("roost_plugin_entry_v1") }
        }
    }

    @Test("of a loader's cache with any bytes changed are read to an end") func cache() throws {
        guard let bytes = try? Files.read("/etc/ld.so.cache") else { return }
        let known = try #require(LoaderCache.paths(bytes))
        #expect(known["libc.so.6"]?.isEmpty == false)
        let head = Array(bytes.prefix(20_000))
        var random = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            var mangled = head
            for _ in 0..<8 {
                mangled[Int.random(in: 0..<mangled.count, using: &random)] = UInt8.random(
                    in: 0...255,
                    using: &random
                )
            }
            _ = LoaderCache.paths(mangled)
        }
        #expect(LoaderCache.paths(Array("no cache at all".utf8)) == nil)
    }
}
