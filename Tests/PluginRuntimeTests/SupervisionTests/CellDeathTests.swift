import RoostJSON
import Testing

@testable import PluginRuntime

@Suite("What is said and kept of a death")
struct CellDeathTests {
    @Test("names the plugin whose code faulted, and who was taken along")
    func sentences() {
        var death = CellDeath(reason: "SIGSEGV", members: ["a", "b", "c"], culprit: "b")
        #expect(
            death.sentence(for: "b", during: "x")
                == "plugin b crashed (SIGSEGV) during x and took along what shares its process: a, c"
        )
        #expect(
            death.sentence(for: "a", during: "y")
                == "plugin a lost its process during y: plugin b, which shares it, crashed (SIGSEGV)"
        )
        #expect(death.isFault(of: "b") && !death.isFault(of: "a"))
        death.culprit = nil
        #expect(
            death.sentence(for: "a")
                == "plugin a lost its process: it ended (SIGSEGV), and which of a, b, c is to blame is not known"
        )
        #expect(death.isFault(of: "a") && death.isFault(of: "b"))
        #expect(
            CellDeath.alone("a", because: "exit code 7").sentence(for: "a")
                == "plugin a crashed (exit code 7)"
        )
    }

    @Test("keeps names, types and sizes of arguments, and no value")
    func redaction() {
        let json =
            #"{"city":"Oslo","days":3,"deep":{"secret":"hunter2","list":[1,2,3]},"yes":true,"no":null}"#
        let kept = RedactedArguments.value(of: Array(json.utf8)).text
        #expect(
            kept
                == #"{"city":"string (4 bytes)","days":"number","deep":{"secret":"string (7 bytes)","list":"array (3)"},"yes":"boolean","no":"null"}"#
        )
        #expect(RedactedArguments.value(of: Array("{".utf8)) == "no JSON (1 bytes)")
        let large = Array(#"{"a":""#.utf8) + [UInt8](repeating: 0x61, count: 70_000) + Array(#""}"#.utf8)
        #expect(RedactedArguments.value(of: large) == "object (70008 bytes)")
    }

    @Test("keeps the newest reports of each plugin, and those of others")
    func store() throws {
        let directory = TemporaryDirectory()
        let store = CrashReportStore(dataDirectory: directory.path, limit: 2)
        func write(_ second: Int64, _ name: String) throws -> String {
            let path = try #require(store.path(at: Timestamp(seconds: second), name: name, process: 7))
            try store.write(
                CrashReport(
                    time: Timestamp(seconds: second),
                    death: .alone(name, because: "SIGSEGV"),
                    process: 7,
                    fault: FaultRecord(),
                    calls: [],
                    output: ["last words"]
                ),
                to: path
            )
            return path
        }
        let other = try write(0, "echo-two")
        let paths = try (1...4).map { try write($0, "echo") }
        #expect(paths[3].hasSuffix("/crashes/19700101T000004Z-echo-7.json"))
        for path in [other, paths[2], paths[3]] {
            #expect(try JSONValue(parsing: Files.read(path))["reason"] == "SIGSEGV")
            let text = String(decoding: try Files.read(path.dropLast(4) + "txt"), as: UTF8.self)
            #expect(text.contains("last words"))
        }
        for path in paths[0...1] {
            #expect(throws: Files.Fault.self) { try Files.read(path) }
            #expect(throws: Files.Fault.self) { try Files.read(path.dropLast(4) + "txt") }
        }
        #expect(CrashReportStore(dataDirectory: "/x", limit: 0).path(at: .now, name: "a", process: 1) == nil)
    }
}
