import PluginRuntime
import RoostJSON
import Testing

@testable import PluginInspection

/// The commands, run as an author would.
@Suite("roost check, fuzz and bench on the command line", .timeLimit(.minutes(10)))
struct CommandTests {
    @Test("fuzz writes a file, and its replay shows the fault until it is gone") func fuzz() async throws {
        try await TemporaryFolder.with { folder in
            let path = try await BrokenLibrary(source: "fuzzed.c").build(in: folder)
            let files = folder.path + "/files"
            let run = try await RoostRun([
                "plugin", "fuzz", path, "--tool", "shape", "--calls", "30", "--seed", "5", "--deadline",
                "20s", "--output", files,
                "--json",
            ])
            #expect(!run.succeeded, "\(run)")
            let report = try JSONValue(parsing: run.output)
            #expect(report["seed"] == "5" && report["calls"] == 30, "\(run)")
            #expect(report["findings"]?[0]?["code"] == "RF104", "\(run)")
            let file = try #require(report["findings"]?[0]?["file"]?.string)
            #expect(file == "\(files)/libBroken-RF104-shape.json")

            let again = try await RoostRun(["plugin", "fuzz", "--replay", file])
            #expect(!again.succeeded && again.output.hasPrefix("error RF104 tool \"shape\": "), "\(again)")
            // Another library in its place, which has no such fault.
            let repaired = try await BrokenLibrary(config: [:]).build(in: folder)
            let gone = try await RoostRun(["plugin", "fuzz", "--replay", file, repaired])
            #expect(gone.succeeded && gone.output.contains("does not show any more"), "\(gone)")
        }
    }

    @Test("fuzz ends well where nothing is wrong") func clean() async throws {
        let run = try await RoostRun([
            "plugin", "fuzz", Project.library("Echo"), "--tool", "add", "--calls", "40", "--seed", "1",
            "--deadline", "20s",
        ])
        #expect(run.succeeded && run.output.contains("40 calls of 1 tool in"), "\(run)")
        #expect(run.output.hasSuffix("with seed 1: nothing found\n"), "\(run)")
    }

    @Test("bench measures one tool in both places, one call and many at a time") func bench() async throws {
        let run = try await RoostRun([
            "plugin", "bench", Project.library("Echo"), "--tool", "add", "--arguments", #"{"a":1,"b":2}"#,
            "--time", "400ms",
            "--json",
        ])
        #expect(run.succeeded, "\(run)")
        let rows = try JSONValue(parsing: run.output)["rows"]?.array ?? []
        #expect(
            rows.map { $0["place"]?.string } == [
                "in the host's process", "in the host's process", "in a cell", "in a cell",
            ]
        )
        #expect(rows.map { $0["concurrency"]?.integer } == [1, 16, 1, 16])
        for row in rows {
            let (p50, p99) = (row["p50Us"]?.double ?? 0, row["p99Us"]?.double ?? 0)
            #expect((row["callsPerSecond"]?.double ?? 0) > 0 && p50 > 0 && p99 >= p50, "\(run)")
        }
    }

    @Test("bench says what is wrong with a tool that does not answer as it should") func failing()
        async throws
    {
        let absent = try await RoostRun(["plugin", "bench", Project.library("Echo"), "--tool", "weather"])
        #expect(
            !absent.succeeded && absent.errors.hasPrefix("there is no tool weather; it has echo, "),
            "\(absent)"
        )
        let wrong = try await RoostRun(["plugin", "bench", Project.library("Echo"), "--arguments", "[1]"])
        #expect(
            !wrong.succeeded && wrong.errors.contains("expected --arguments to be one JSON object"),
            "\(wrong)"
        )
    }

    @Test("check gives programs one object, and warnings a status where that is asked for") func check()
        async throws
    {
        try await TemporaryFolder.with { folder in
            let path = try await BrokenLibrary(macros: ["FURTHER"]).build(in: folder)
            let run = try await RoostRun(["check", path, "--json"])
            let report = try JSONValue(parsing: run.output)
            #expect(run.succeeded && report["usable"] == true, "\(run)")
            #expect(report["findings"]?[0]?["code"] == "RC108" && report["abi"]?["major"] == 1, "\(run)")
            #expect(report["library"]?["exported"]?.array?.contains("weather_today") == true, "\(run)")
            #expect(try await !RoostRun(["check", path, "--strict"]).succeeded)
            let settings = try await RoostRun(["check", path, "--config", #"{"vice":"refuse"}"#])
            #expect(!settings.succeeded && settings.output.contains("error RC210 "), "\(settings)")
        }
    }
}
