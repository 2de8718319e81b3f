import Logging
import PluginRuntime
import RoostJSON
import Testing

@testable import PluginInspection

/// What an inspection finds in libraries that have one fault each.
@Suite("roost check finds", .timeLimit(.minutes(10)))
struct CheckTests {
    /// The report about a library.
    static func report(
        _ library: BrokenLibrary,
        grantsAll: Bool = false
    ) async throws -> InspectionReport {
        try await TemporaryFolder.with { folder in
            try await report(try await library.build(in: folder), in: folder, library, grantsAll: grantsAll)
        }
    }

    static func report(
        _ path: String,
        in folder: TemporaryFolder,
        _ library: BrokenLibrary = BrokenLibrary(),
        grantsAll: Bool = false
    ) async throws -> InspectionReport {
        var plan = PluginTrial.Plan(library: path, executable: Project.roost, folder: folder.path + "/trial")
        plan.config = library.config
        plan.patience = .seconds(library.patience)
        plan.rest = library.rest
        var inspection = LibraryInspection(
            plan,
            logger: Logger(label: "check") { _ in SwiftLogNoOpLogHandler() }
        )
        inspection.grantsAll = grantsAll
        return await inspection.run()
    }

    @Test(
        "each of its codes in the library made for it",
        arguments: FindingCode.all.filter { $0.code.hasPrefix("RC") }
    )
    func code(_ code: FindingCode) async throws {
        // The one file that is not there.
        guard code != .unreadable else {
            return try await TemporaryFolder.with { folder in
                let report = try await Self.report(folder.path + "/libNothing.so", in: folder)
                #expect(report.findings.map(\.code) == [.unreadable])
            }
        }
        let library = try #require(Fixtures.library(for: code.code), "no fixture has \(code.code)")
        let report = try await Self.report(library)
        let found = report.findings.filter { $0.code == code }
        #expect(found.count == 1, "\(code.code) in \(report.findings)")
        #expect(found.allSatisfy { !$0.message.isEmpty && !$0.message.hasSuffix(".") && !$0.fix.isEmpty })
        // Beside it only what follows from it: a vice is one vice.
        let others = report.findings.filter { $0.code != code }
        #expect(
            others.allSatisfy { Self.companions[code.code, default: []].contains($0.code.code) },
            "\(others)"
        )
        #expect(
            report.isUsable == (code.severity != .error && !others.contains { $0.code.severity == .error })
        )
    }

    /// What a fault brings along.
    private static let companions: [String: [String]] = [
        // A library that the linker knew and the machine does not.
        "RC108": [], "RC109": ["RC108"], "RC110": ["RC108"], "RC112": ["RC109"],
        // Swift code in a plugin of C: no runtime, and no stamp.
        "RC115": ["RC209"], "RC209": ["RC115"],
        "RC207": [], "RC211": [],
        // What one manifest says of itself contradicts the descriptor too.
        "RC212": ["RC211"], "RC213": ["RC211"],
    ]

    @Test("a library that lies beside the plugin, where a host does not look")
    func neighbour() async throws {
        try await TemporaryFolder.with { folder in
            let library = BrokenLibrary(
                macros: ["NEEDS=weather_now"],
                flags: ["-Wl,-rpath,$ORIGIN"],
                neighbour: ("Weather", "int weather_now(void) { return 1; }")
            )
            let path = try await library.build(in: folder)
            // Any library will do: it is looked for, and never loaded.
            try Files.write(try Files.read(Project.library("Echo")), to: folder.path + "/libWeather.so")
            let findings = try await Self.report(path, in: folder).findings
            let found = try #require(findings.first { $0.code.code == "RC109" }, "\(findings)")
            #expect(found.message.contains("needs libWeather.so, which lies beside it"), "\(found)")
            #expect(found.message.contains("$ORIGIN in its run path leads nowhere"), "\(found)")
        }
    }

    @Test("nothing in a healthy plugin of C")
    func healthy() async throws {
        let report = try await Self.report(BrokenLibrary())
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.manifest?.tools.map(\.name) == ["echo"])
        #expect(report.description?.abiFault == nil && report.image?.exported == ["roost_plugin_entry_v1"])
    }

    @Test(
        "no error in the plugins that are shipped",
        arguments: ["Echo", "Everything", "Memory", "Context7"]
    )
    func shipped(_ name: String) async throws {
        try await TemporaryFolder.with { folder in
            let report = try await Self.report(Project.library(name), in: folder)
            #expect(report.isUsable, "\(report.findings)")
        }
    }

    @Test("what a plugin does with the permissions it asks for, when it is to be given them")
    func granted() async throws {
        var library = Fixtures.serving(["permissions": ["exec": true]])
        library.config = ["vice": "fail_start", "manifest": library.config["manifest"] ?? .null]
        #expect(try await Self.report(library).findings.map(\.code) == [.notTried])
        #expect(try await Self.report(library, grantsAll: true).findings.map(\.code) == [.notStarted])
    }

    @Test("what the host refuses, where the manifest's schema lets it be")
    func refused() async throws {
        let library = Fixtures.serving(["permissions": ["paths": ["read": ["/usr/../etc"]]]])
        let report = try await Self.report(library)
        #expect(
            report.findings.map(\.code) == [.manifestShape] && report.manifest == nil,
            "\(report.findings)"
        )
    }

    @Test("where a plugin crashed, and what it printed")
    func place() async throws {
        let report = try await Self.report(BrokenLibrary(config: ["vice": "crash_in_start"]))
        #expect(report.findings.map(\.code) == [.crashed])
        #expect(
            report.findings.first?.message.contains("in start, in write_to_nowhere of libBroken.so") == true,
            "\(report.findings)"
        )
    }
}
