import CellProtocol
import Glibc
import RoostJSON
import Testing

@testable import PluginRuntime

/// What a plugin sees that tries to get out of its cell, and what its neighbours and callers see.
///
/// Where the kernel does not offer every measure, only its report is tested.
@Suite("A confined plugin", .timeLimit(.minutes(10)), .enabled(if: KernelSupport.isComplete))
struct EscapeTests {
    /// What it tries, with what, and what it is told.
    private static let denials = [
        ("read_file", "/etc/passwd", "EACCES"), ("read_file", "/root/.profile", "EACCES"),
        ("list_folder", "/", "EACCES"), ("list_folder", "/tmp", "EACCES"),
        ("make_file", "/tmp/roost-escaped", "EACCES"), ("write_file", "/etc/hostname", "EACCES"),
        ("read_file", "/proc/self/root/etc/passwd", "EACCES"), ("write_file", "/proc/self/mem", "EACCES"),
        ("make_file", "/dev/shm/roost-escaped", "EACCES"), ("read_file", "/proc/1/environ", "EACCES"),
        ("read_file", "/proc/1/stat", "EACCES"), ("list_folder", "/proc", "EACCES"),
        ("change_mode", "/tmp", "EPERM"),
        ("open_socket", "inet", "EPERM"), ("open_socket", "inet6", "EPERM"),
        ("open_socket", "unix", "EPERM"), ("open_socket", "netlink", "EPERM"),
        ("open_pair", "datagrams", "EPERM"), ("make_ring", "", "ENOSYS"),
        ("make_child", "", "EPERM"), ("make_children", "", "0 EPERM"),
        ("run_program", "/bin/true", "EPERM"), ("signal_host", "", "EPERM"), ("trace_host", "", "EPERM"),
        ("host_environment", "", "EACCES"), ("host_memory", "", "EPERM"), ("limit_host", "", "EPERM"),
        ("leave_session", "", "EPERM"), ("administer", "", "none"),
    ]

    @Test("is denied what is not its own, and goes on")
    func denied() async throws {
        try await TestHost.run("FixtureEscapes", .cell) { plugin, _ async throws in
            for (tool, word, expected) in Self.denials {
                #expect(try await plugin.attempt(tool, word) == expected, "\(tool) \(word)")
            }
            #expect(try await plugin.attempt("read_file", "/proc/self/status") == "allowed")
        }
    }

    @Test("may use what is its own and what every library needs")
    func allowed() async throws {
        try await TestHost.run("FixtureEscapes", .cell) { plugin, host async throws in
            let own = host.directory.path + "/plugin"
            for (tool, word) in [
                ("read_file", "/etc/ld.so.cache"), ("read_file", "/proc/self/maps"),
                ("write_file", "/dev/null"), ("read_file", "/dev/urandom"), ("open_pair", "stream"),
                ("list_folder", "/usr/lib"), ("make_file", own + "/mine"), ("rename_file", own + "/mine"),
                ("list_folder", own),
            ] { #expect(try await plugin.attempt(tool, word) == "allowed", "\(tool) \(word)") }
        }
    }

    @Test("reads and changes nothing of its neighbour, of the host, and of the copies of libraries")
    func neighbours() async throws {
        let host = await TestHost([
            TestHost.specification("thief", "FixtureEscapes", .cell),
            TestHost.specification("owner", "FixtureEscapes", .cell),
        ])
        let (thief, owner) = (host.runtime.plugins[0], host.runtime.plugins[1])
        let treasure = host.directory.path + "/owner/treasure"
        #expect(try await owner.attempt("make_file", treasure) == "allowed")
        #expect(try await owner.attempt("read_file", treasure) == "allowed")
        for tool in ["read_file", "write_file", "rename_file"] {
            #expect(try await thief.attempt(tool, treasure) == "EACCES")
        }
        #expect(try await thief.attempt("list_folder", host.directory.path + "/owner") == "EACCES")
        #expect(try await thief.attempt("list_folder", host.directory.path) == "EACCES")
        let images = host.directory.path + "/images"
        #expect(try await thief.attempt("list_folder", images) == "allowed")
        #expect(try await thief.attempt("make_file", images + "/libTrap.so") == "EACCES")
        #expect(try await owner.attempt("rename_file", treasure) == "allowed")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("shares what it may with the plugins of its group")
    func group() async throws {
        var free = TestHost.specification("free", "FixtureEscapes", .group)
        free.permissions.exec = true
        let host = await TestHost([free, TestHost.specification("mate", "FixtureEscapes", .group)])
        let mate = host.runtime.plugins[1]
        #expect(try await mate.attempt("run_program", "/bin/true") == "ended with 0")
        #expect(try await mate.attempt("list_folder", host.directory.path + "/free") == "allowed")
        #expect(try await mate.attempt("open_socket", "inet") == "EPERM")
        #expect(mate.confinement[.exec].state == .granted)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("may do what it was granted, and no more")
    func granted() async throws {
        let extra = TemporaryDirectory(), readable = TemporaryDirectory()
        try await TestHost.run(
            "FixtureEscapes",
            .cell,
            set: {
                ($0.permissions.exec, $0.permissions.network) = (true, true)
                ($0.permissions.read, $0.permissions.write) = ([readable.path], [extra.path])
            },
            { plugin, _ async throws in
                #expect(try await plugin.attempt("run_program", "/bin/true") == "ended with 0")
                #expect(try await plugin.attempt("make_child") == "allowed")
                // A program may read what the plugin may, and one that the plugin wrote is none.
                #expect(
                    try await plugin.attempt("run_program", "/bin/cat /etc/ld.so.cache") == "ended with 0"
                )
                #expect(try await plugin.attempt("run_program", "/bin/cat /etc/passwd") == "ended with 1")
                #expect(try await plugin.attempt("run_copy", extra.path + "/program") == "EACCES")
                #expect(try await plugin.attempt("open_socket", "inet") == "allowed")
                #expect(try await plugin.attempt("open_socket", "unix") == "EPERM")
                #expect(try await plugin.attempt("make_file", extra.path + "/new") == "allowed")
                #expect(try await plugin.attempt("list_folder", readable.path) == "allowed")
                #expect(try await plugin.attempt("make_file", readable.path + "/new") == "EACCES")
                #expect(try await plugin.attempt("signal_host") == "EPERM")
                #expect(try await plugin.attempt("trace_host") == "EPERM")
                #expect(try await plugin.attempt("administer") == "none")
                #expect(try await plugin.attempt("read_file", "/etc/shadow") == "EACCES")
                #expect(plugin.confinement[.network].state == .granted)
                #expect(plugin.confinement.state == .enforced)
            }
        )
    }

    @Test("takes the children along that it leaves behind")
    func leftChild() async throws {
        try await TestHost.run("FixtureEscapes", .cell, set: { $0.permissions.exec = true }) {
            plugin,
            _ async throws in
            let child = try #require(try await plugin.attempt("leave_child").flatMap { Int32($0) })
            #expect(kill(child, 0) == 0)
            await plugin.stop(by: .now.advanced(by: .seconds(10)))
            // Whoever inherits the dead child may take a moment to bury it.
            let isGone = await ProcessFacts.ends(child)
            #expect(isGone)
        }
    }

    @Test("is as free as its host where confinement is off, and says so")
    func off() async throws {
        try await TestHost.run("FixtureEscapes", .cell, set: { $0.confinement = .off }) {
            plugin,
            _ async throws in
            // What is denied above is denied by the confinement, not because it cannot be done.
            for (tool, word) in [
                ("read_file", "/etc/passwd"), ("list_folder", "/"), ("open_socket", "inet"),
                ("open_socket", "unix"), ("open_pair", "datagrams"), ("make_child", ""), ("signal_host", ""),
                ("host_environment", ""), ("limit_host", ""),
            ] { #expect(try await plugin.attempt(tool, word) == "allowed", "\(tool) \(word)") }
            #expect(try await plugin.attempt("run_program", "/bin/true") == "ended with 0")
            #expect(try await plugin.attempt("administer") != "none")
            #expect(plugin.confinement[.files].state == .absent)
            #expect(plugin.confinement[.files].reason == "confinement: off")
            #expect(plugin.confinement[.session].state == .enforced)
        }
    }

    @Test("has the environment it was promised, and no descriptor of the host")
    func inheritance() async throws {
        try await TestHost.run("FixtureEscapes", .cell, set: { $0.environment = ["MINE": "1"] }) {
            plugin,
            _ async throws in
            let names = try await plugin.attempt("variables")?.split(separator: " ").map(String.init) ?? []
            #expect(names.contains("MINE") && names.contains("TMPDIR"))
            #expect(Set(names).subtracting(CellEnvironment.inherited + ["MINE"]) == [])
            // Input, output and errors, the link, its own entry in /proc, and the copy of its library.
            #expect(try await plugin.attempt("count_descriptors") == "6")
        }
    }

    @Test("that writes to its standard output writes into the log, never into an answer")
    func output() async throws {
        try await TestHost.run("FixtureEscapes", .cell) { plugin, host async throws in
            #expect(try await plugin.attempt("write_output") == "allowed")
            #expect(try await plugin.attempt("read_file", "/proc/self/status") == "allowed")
            try await host.log.wait { $0.contains { $0.contains("plugin: next line") } }
        }
    }

    @Test("that closes every descriptor fails its own call, and starts again for the next one")
    func closing() async throws {
        let host = await TestHost([
            TestHost.specification("closer", "FixtureEscapes", .cell),
            TestHost.specification("echo", "Echo", .cell),
        ])
        let (closer, echo) = (host.runtime.plugins[0], host.runtime.plugins[1])
        let bystander = echo.begin("sleep", ["seconds": 0.3])
        let failure = try #require(try await closer.ask("close_descriptors").failure)
        #expect(failure.cause == .crashed && failure.plugin == "closer")
        #expect(try await closer.attempt("read_file", "/proc/self/status") == "allowed")
        #expect(try await bystander.outcome().text == "rested")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("leaves no child, no descriptor and no folder behind")
    func leavesNothing() async throws {
        // In a process of its own, where nobody else opens and closes.
        await #expect(processExitsWith: .success) {
            let scratch = TemporaryDirectory()
            setenv("TMPDIR", scratch.path, 1)
            try await TestHost.run("Echo", .cell) { plugin, _ async throws in
                _ = try await plugin.ask("sleep", ["seconds": 0])
            }
            let count = ProcessFacts.descriptors
            try await TestHost.run("FixtureEscapes", .cell, set: { $0.permissions.exec = true }) {
                plugin,
                _ async throws in
                _ = try await plugin.attempt("make_children")
                _ = try await plugin.ask("close_descriptors")
                let after = try await plugin.attempt("make_child")
                #expect(after == "allowed")
            }
            #expect(ProcessFacts.children.isEmpty)
            #expect(ProcessFacts.isEmpty(scratch.path))
            #expect(await ProcessFacts.descriptorsFall(to: count))
        }
    }
}

extension KernelSupport {
    /// True when this kernel offers every measure.
    static var isComplete: Bool { ConfinementReport(ConfineFrame(), on: .ofThisMachine).missing.isEmpty }
}

extension PluginHandle {
    /// Has the fixture try something, and gives what came of it.
    func attempt(_ tool: String, _ word: String = "") async throws -> String? {
        try await ask(tool, ["word": .string(word)]).text
    }
}
