import Glibc
import RoostJSON
import Testing

@testable import PluginRuntime

/// What a plugin sees that wants more than its share, and what its callers see.
@Suite("A greedy plugin", .timeLimit(.minutes(10)))
struct GreedTests {
    @Test("gets no more memory and files than it may, and goes on")
    func memoryAndFiles() async throws {
        try await TestHost.run("FixtureEscapes", .cell, set: { ($0.memory, $0.openFiles) = (2 << 30, 64) }) {
            plugin,
            _ async throws in
            #expect(try await plugin.attempt("take_memory") == "ENOMEM")
            #expect(try await plugin.attempt("take_files") == "EMFILE")
            #expect(try await plugin.attempt("read_file", "/proc/self/status") == "allowed")
            #expect(
                plugin.confinement[.limits].reason == "memory 2147483648 bytes, open_files 64, no core file"
            )
        }
    }

    @Test("that spins is ended when its CPU time is used up, and nobody else notices")
    func cpu() async throws {
        var spinner = TestHost.specification("spinner", "FixtureEscapes", .cell)
        spinner.cpu = .seconds(1)
        let host = await TestHost([spinner, TestHost.specification("echo", "Echo", .cell)])
        let (plugin, echo) = (host.runtime.plugins[0], host.runtime.plugins[1])
        let spin = plugin.begin("spin")
        #expect(try await echo.ask("add", ["a": 1, "b": 2]).text == "3")
        let failure = try #require(try await spin.outcome().failure)
        #expect(failure.cause == .crashed && failure.message.contains("SIGXCPU"), "\(failure)")
        #expect(try await plugin.attempt("read_file", "/proc/self/status") == "allowed")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("that multiplies is held to its number of processes", .enabled(if: geteuid() == 0))
    func processes() async throws {
        // As a user whom the kernel counts.
        await #expect(processExitsWith: .success) {
            setenv("TMPDIR", "/tmp", 1)
            #expect(setgid(65_534) == 0 && setuid(65_534) == 0)
            try await TestHost.run(
                "FixtureEscapes",
                .cell,
                set: { ($0.permissions.exec, $0.processes) = (true, 12) },
                { plugin, _ async throws in
                    let text = try await plugin.attempt("make_children") ?? ""
                    let parts = text.split(separator: " ")
                    #expect(parts.last == "EAGAIN", "\(text)")
                    #expect((0...12).contains(Int(parts.first ?? "") ?? -1), "\(text)")
                    #expect(plugin.confinement[.limits].state == .enforced, "\(plugin.confinement.shortfall)")
                }
            )
        }
    }
}
