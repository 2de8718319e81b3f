import Logging
import NIOPosix
import RoostJSON
import Testing

@testable import PluginRuntime

/// A plugin runtime for one test, with everything it writes in a directory of its own.
final class TestHost: Sendable {
    /// Where a plugin of a contract test runs.
    enum Placement: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case host, cell, group

        var testDescription: String {
            "in \(self == .host ? "the host's process" : self == .cell ? "a cell" : "a group's cell")"
        }

        var process: PluginSpecification.Process {
            switch self {
            case .host: .host
            case .cell: .own
            case .group: .group("shared")
            }
        }
    }

    let runtime: PluginRuntime
    let log: Recorder<String>
    let directory: TemporaryDirectory

    init(
        _ specifications: [PluginSpecification],
        in directory: TemporaryDirectory = TemporaryDirectory(),
        executable: String = Products.host,
        level: Logger.Level = .info
    ) async {
        self.directory = directory
        let log = Recorder<String>()
        self.log = log
        let logger = Logger(label: "test") { _ in LogRecorder(lines: log, logLevel: level) }
        let specifications = specifications.map { specification in
            var specification = specification
            specification.dataDirectory = directory.path + "/" + specification.alias
            return specification
        }
        runtime = await PluginRuntime.prepare(
            specifications,
            dataDirectory: directory.path,
            hostExecutable: executable,
            group: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
        let runtime = runtime
        Task { await runtime.startEager() }
    }

    /// Runs one plugin for a test, and checks that nothing of it is left afterwards.
    static func run(
        _ library: String,
        _ placement: Placement,
        abandons: Int = 0,
        set: (inout PluginSpecification) -> Void = { _ in },
        _ body: (PluginHandle, TestHost) async throws -> Void
    ) async throws {
        var specification = specification("plugin", library, placement)
        set(&specification)
        let host = await TestHost([specification])
        try #require(host.runtime.failures.isEmpty, "\(host.runtime.failures)")
        let plugin = try #require(host.runtime.plugins.first)
        do { try await body(plugin, host) } catch {
            await host.runtime.stop(by: .now)
            throw error
        }
        #expect(plugin.openCalls == 0)
        if abandons > 0 { #expect(plugin.abandonedCalls == abandons) }
        await host.runtime.stop(by: .now.advanced(by: abandons > 0 ? .milliseconds(400) : .seconds(10)))
    }

    static func specification(
        _ alias: String,
        _ library: String,
        _ placement: Placement,
        restarts: Int = 5
    ) -> PluginSpecification {
        var specification = PluginSpecification(
            alias: alias,
            library: Products.library(library),
            dataDirectory: ""
        )
        specification.process = placement.process
        specification.restart = .quick(restarts)
        return specification
    }
}

extension PluginHandle {
    /// Calls a tool and waits for the end.
    func ask(_ tool: String, _ arguments: JSONValue = [:]) async throws -> PluginOutcome {
        try await begin(tool, arguments).outcome()
    }

    /// Calls a tool.
    func begin(_ tool: String, _ arguments: JSONValue = [:], deadline: Duration? = nil) -> RecordingObserver {
        let observer = RecordingObserver()
        call(.tool(tool, arguments, deadline: deadline), observer: observer)
        return observer
    }
}

extension PluginRequest {
    static func tool(_ name: String, _ arguments: JSONValue = [:], deadline: Duration? = nil) -> PluginRequest
    {
        PluginRequest(
            method: "tools/call",
            target: name,
            arguments: arguments.bytes,
            deadline: deadline.map { ContinuousClock.now.advanced(by: $0) }
        )
    }
}

extension PluginOutcome {
    /// The text of the first content of a complete result; nil for any other end.
    var text: String? {
        guard case .complete(let document) = self else { return nil }
        return document.root["content"]?.elements.first?["text"]?.string
    }

    var failure: PluginFailure? { if case .failed(let failure) = self { failure } else { nil } }

    var isCancelled: Bool { if case .cancelled = self { true } else { false } }
}
