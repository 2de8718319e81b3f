import RoostJSON
import Testing

@testable import PluginRuntime

@Suite("Permissions", .timeLimit(.minutes(10)))
struct PermissionTests {
    private static func permissions(
        exec: Bool = false,
        network: Bool = false,
        read: [String] = [],
        write: [String] = []
    ) -> PluginPermissions {
        var permissions = PluginPermissions()
        (permissions.exec, permissions.network) = (exec, network)
        (permissions.read, permissions.write) = (read, write)
        return permissions
    }

    @Test("a path is granted with what is below it, and writing includes reading")
    func paths() {
        let asked = Self.permissions(read: ["/a/b", "/ab", "/c/d"], write: ["/c/d", "/a"])
        let granted = Self.permissions(read: ["/a", "/e"], write: ["/c/"])
        #expect(asked.missing(from: granted) == Self.permissions(read: ["/ab"], write: ["/a"]))
        #expect(asked.missing(from: Self.permissions(write: ["/"])).isEmpty)
    }

    @Test("the refusal names the lines to write, with what is granted already")
    func lines() throws {
        let asked = Self.permissions(exec: true, network: true, read: ["/r"], write: ["/w"])
        let granted = Self.permissions(exec: true, read: ["/x"])
        let failure = try #require(PluginFailure(ungranted: asked, to: "tool", granted: granted))
        #expect(
            failure.message == """
                plugin tool asks in its manifest for what host.yaml does not grant. If you trust it with that, write under \
                plugins.tool:
                    network: allow
                    paths: { read: ["/x", "/r"], write: ["/w"] }
                """
        )
        #expect(PluginFailure(ungranted: asked, to: "tool", granted: asked) == nil)
    }

    @Test("a plugin without the grant is left out, and with it runs")
    func ungranted() async throws {
        var asking = TestHost.specification("asking", "FixtureEscapes", .cell)
        asking.config = ["permissions": ["exec": true, "paths": ["read": ["/usr/share"]]]]
        let refused = await TestHost([asking, TestHost.specification("echo", "Echo", .cell)])
        #expect(refused.runtime.plugins.map(\.alias) == ["echo"])
        let failure = try #require(refused.runtime.failures.first)
        #expect(failure.message.contains("    exec: allow\n    paths: { read: [\"/usr/share\"] }"))
        await refused.runtime.stop(by: .now.advanced(by: .seconds(10)))

        asking.permissions = Self.permissions(exec: true, read: ["/usr/share"])
        let host = await TestHost([asking])
        let plugin = try #require(host.runtime.plugins.first)
        #expect(plugin.manifest.permissions == asking.permissions)
        #expect(try await plugin.attempt("list_folder", "/usr/share") == "allowed")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("a granted path where nothing is, is named before the plugin runs")
    func missingPath() async throws {
        var specification = TestHost.specification("echo", "Echo", .cell)
        specification.permissions = Self.permissions(read: ["/nowhere/at/all", "/usr/share"])
        let host = await TestHost([specification])
        let warnings = host.log.elements.filter { $0.hasPrefix("warning") }
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("plugins.echo.paths grants /nowhere/at/all") == true)
        #expect(host.runtime.plugins.count == 1)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }
}
