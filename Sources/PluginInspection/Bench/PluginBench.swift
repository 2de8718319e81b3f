import Logging
import NIOPosix
package import PluginRuntime
package import RoostJSON

/// Measures what a call of one tool costs in the host's process and in a cell, taking turns in one run.
package struct PluginBench: Sendable {
    /// What is measured, and for how long.
    package struct Plan: Sendable {
        package var trial: PluginTrial.Plan
        /// The tool to call; nil: the first one that says it only reads, or else the first, with the simplest arguments.
        package var tool: String?
        /// Nil: the simplest that the tool's schema allows.
        package var arguments: JSONValue?
        /// How long to measure; default 4 seconds.
        package var time = Duration.seconds(4)
        /// Calls under way at once where the most calls per second are counted.
        package var concurrency = 16

        package init(_ trial: PluginTrial.Plan) { self.trial = trial }
    }

    /// What was measured in one place.
    package struct Row: Sendable {
        /// `in the host's process` or `in a cell`.
        package var place: String
        /// Calls under way at once.
        package var concurrency: Int
        package var callsPerSecond: Double
        /// From handing a call over to hearing its end.
        package var p50: Duration
        package var p99: Duration
        package var calls: Int
    }

    /// The figures, and what was called.
    package struct Report: Sendable {
        package var tool: String
        package var arguments: JSONValue
        package var rows: [Row]
        /// Why it was not measured in one of the places, a sentence each.
        package var notes: [String]
    }

    private let plan: Plan
    private static let rounds = 8

    package init(_ plan: Plan) { self.plan = plan }

    /// Measures; this process loads the library, because that is one of the two places.
    ///
    /// - Throws: Why the plugin cannot be called, or does not answer as it should.
    package func run() async throws(PluginFailure) -> Report {
        let places: [(name: String, process: PluginSpecification.Process)] = [
            ("in the host's process", .host), ("in a cell", .own),
        ]
        let specifications = places.enumerated().map { number, place in
            var specification = PluginSpecification(
                alias: number == 0 ? "in-process" : "in-cell",
                library: plan.trial.library,
                dataDirectory: "\(plan.trial.folder)/data\(number)"
            )
            specification.process = place.process
            specification.config = plan.trial.config
            specification.permissions = plan.trial.permissions
            specification.concurrency = plan.concurrency
            return specification
        }
        let runtime = await PluginRuntime.prepare(
            specifications,
            dataDirectory: plan.trial.folder,
            hostExecutable: plan.trial.executable,
            group: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "roost.bench") { _ in SwiftLogNoOpLogHandler() }
        )
        do throws(PluginFailure) {
            let report = try await measure(runtime, places.map(\.name), specifications.map(\.alias))
            await runtime.stop(by: .now.advanced(by: .seconds(2)))
            return report
        } catch {
            await runtime.stop(by: .now.advanced(by: .seconds(2)))
            throw error
        }
    }

    private func measure(
        _ runtime: PluginRuntime,
        _ names: [String],
        _ aliases: [String]
    ) async throws(PluginFailure) -> Report {
        var notes = runtime.failures.map(\.message)
        var plugins: [(name: String, plugin: PluginHandle)] = []
        for (name, alias) in zip(names, aliases) {
            guard let plugin = runtime.plugins.first(where: { $0.alias == alias }) else { continue }
            do throws(PluginFailure) {
                try await plugin.start()
                plugins.append((name, plugin))
            } catch { notes.append(error.message) }
        }
        guard let first = plugins.first?.plugin else {
            throw PluginFailure(.unavailable, plugin: "bench", notes.joined(separator: "\n"))
        }
        let (tool, arguments) = try target(in: first.manifest)
        let request = PluginRequest(
            method: "tools/call",
            target: tool,
            arguments: arguments.bytes,
            context: Array(#"{"protocolVersion":"2026-07-28","clientCapabilities":{}}"#.utf8)
        )
        for (_, plugin) in plugins { try await check(plugin, request) }
        let slice = plan.time / (Self.rounds * plugins.count * 2)
        var timings: [String: [Int: Timings]] = [:]
        for round in 0...Self.rounds {
            for (name, plugin) in plugins {
                for concurrency in [1, plan.concurrency] {
                    let measured = await Timings.measure(
                        plugin,
                        request,
                        concurrency: concurrency,
                        for: slice
                    )
                    // The first round warms up.
                    if round > 0 {
                        timings[name, default: [:]][concurrency, default: Timings()].add(measured)
                    }
                }
            }
        }
        let rows = plugins.flatMap { name, _ in
            [1, plan.concurrency].compactMap { timings[name]?[$0]?.row(name, concurrency: $0) }
        }
        return Report(tool: tool, arguments: arguments, rows: rows, notes: notes)
    }

    private func target(
        in manifest: PluginManifest
    ) throws(PluginFailure) -> (tool: String, arguments: JSONValue) {
        func readsOnly(_ tool: PluginManifest.Tool) -> Bool {
            tool.definition["annotations"]?["readOnlyHint"]?.bool == true
        }
        let names = manifest.tools.map(\.name).joined(separator: ", ")
        let chosen =
            plan.tool.map { name in manifest.tools.first { $0.name == name } }
            ?? manifest.tools.first(where: readsOnly) ?? manifest.tools.first
        guard let tool = chosen else {
            let found = plan.tool.map { "there is no tool \($0)" } ?? "the plugin has no tool"
            throw PluginFailure(
                .unavailable,
                plugin: "bench",
                "\(found)\(names.isEmpty ? "" : "; it has \(names)")"
            )
        }
        if let arguments = plan.arguments { return (tool.name, arguments) }
        var source = FuzzTarget(tool, seed: 1, isBound: true)
        guard let arguments = source.arguments(0) else {
            throw PluginFailure(
                .unavailable,
                plugin: "bench",
                "no arguments for \(tool.name) were found that its schema allows. Give them with --arguments"
            )
        }
        return (tool.name, arguments)
    }

    /// A tool that fails would be measured failing.
    private func check(_ plugin: PluginHandle, _ request: PluginRequest) async throws(PluginFailure) {
        let outcome = await withCheckedContinuation { continuation in
            plugin.call(request, observer: OneEnd { continuation.resume(returning: $0) })
        }
        switch outcome {
        case .complete(let document) where document.root["isError"]?.bool != true: return
        case .failed(let failure): throw failure
        case .complete(let document), .error(let document), .inputRequired(let document):
            let text = String(decoding: document.root.bytes.prefix(300), as: UTF8.self)
            throw PluginFailure(
                .unavailable,
                plugin: "bench",
                "\(request.target) did not answer as it should: \(text). Give it other arguments with --arguments"
            )
        case .cancelled:
            throw PluginFailure(
                .unavailable,
                plugin: "bench",
                "\(request.target) gave up a call that nobody cancelled"
            )
        }
    }
}
