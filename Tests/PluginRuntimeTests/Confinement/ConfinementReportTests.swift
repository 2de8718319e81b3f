import CellProtocol
import RoostJSON
import Testing

@testable import PluginRuntime

@Suite("Confinement report", .timeLimit(.minutes(10)))
struct ConfinementReportTests {
    private static func kernel(_ landlock: Int, filters: Bool = true, counts: Bool = true) -> KernelSupport {
        KernelSupport(
            landlock: landlock,
            landlockReason: landlock == 0 ? "the kernel was built without Landlock" : nil,
            filtersCalls: filters,
            countsProcesses: counts
        )
    }

    private func missing(_ plan: ConfineFrame, _ kernel: KernelSupport) -> [String] {
        ConfinementReport(plan, on: kernel).missing.map { "\($0.measure.rawValue) \($0.state.rawValue)" }
    }

    @Test("tells what each kernel lacks")
    func kernels() {
        let plan = ConfineFrame()
        #expect(missing(plan, Self.kernel(6)) == [])
        #expect(missing(plan, Self.kernel(7)) == [])
        #expect(missing(plan, Self.kernel(5)) == [])
        #expect(missing(plan, Self.kernel(3)) == ["devices absent"])
        #expect(missing(plan, Self.kernel(2)) == ["files degraded", "devices absent"])
        #expect(missing(plan, Self.kernel(0)) == ["files absent", "devices absent"])
        #expect(
            missing(plan, Self.kernel(4, filters: false)) == [
                "devices absent", "network degraded", "exec degraded", "signals absent",
                "system_calls absent",
            ]
        )
        #expect(
            ConfinementReport(plan, on: Self.kernel(0))[.files].reason
                == "the kernel was built without Landlock"
        )
    }

    @Test("does not miss what was granted, but what the grant makes impossible")
    func grants() {
        var plan = ConfineFrame()
        (plan.mayExecute, plan.mayUseNetwork) = (true, true)
        let report = ConfinementReport(plan, on: Self.kernel(5))
        #expect(report[.exec].state == .granted && report[.network].state == .granted)
        // Only Landlock can tell its own children from others.
        #expect(missing(plan, Self.kernel(5)) == ["signals absent"])
        #expect(ConfinementReport(plan, on: Self.kernel(6)).state == .enforced)
    }

    @Test("says that root's processes are not counted")
    func root() {
        var plan = ConfineFrame()
        plan.processes = 8
        #expect(missing(plan, Self.kernel(7)) == [])
        #expect(missing(plan, Self.kernel(7, counts: false)) == ["limits degraded"])
    }

    @Test("comes over the wire as it was, and what was not said is absent")
    func wire() {
        let report = ConfinementReport(ConfineFrame(), on: Self.kernel(3))
        #expect(ConfinementReport(report.frames) == report)
        #expect(ConfinementReport([]).findings.allSatisfy { $0.state == .absent })
        #expect(ConfinementReport([]).findings.map(\.measure) == ConfinementMeasure.allCases)
    }

    @Test("require refuses with what is missing, other levels never")
    func require() throws {
        var specification = PluginSpecification(alias: "a", library: "", dataDirectory: "/data/a")
        let report = ConfinementReport(ConfineFrame(), on: Self.kernel(4))
        for level in [ConfinementLevel.bestEffort, .off] {
            specification.confinement = level
            let plan = ConfinementPlan(for: [specification], images: "/data/images", hostData: "/data")
            #expect(plan.refusal(report, name: "a") == nil)
        }
        specification.confinement = .require
        let plan = ConfinementPlan(for: [specification], images: "/data/images", hostData: "/data")
        #expect(
            plan.refusal(report, name: "a") == """
                confinement: require is set for a, and this is missing: devices (absent: Landlock 4 does not know of device \
                commands; 5 would). Use a kernel that offers it, or set confinement: best-effort
                """
        )
        #expect(plan.refusal(ConfinementReport(ConfineFrame(), on: Self.kernel(6)), name: "a") == nil)
    }

    @Test("a group's plan is the union of its members, under the strictest level")
    func group() {
        var one = PluginSpecification(alias: "one", library: "", dataDirectory: "/d/one")
        var two = PluginSpecification(alias: "two", library: "", dataDirectory: "/d/two")
        (one.confinement, one.permissions.exec, one.permissions.read) = (.off, true, ["/r"])
        (two.confinement, two.permissions.network, two.permissions.write) = (.require, true, ["/w"])
        (one.cpu, two.cpu, one.processes) = (.milliseconds(1_500), .seconds(1), 4)
        let plan = ConfinementPlan(for: [one, two], images: "/d/images", hostData: "/d")
        #expect(plan.level == .require && plan.frame.isConfined)
        #expect(plan.frame.mayExecute && plan.frame.mayUseNetwork)
        #expect(plan.frame.readable == ["/d/images", "/r"])
        #expect(plan.frame.writable == ["/d/one", "/d/two", "/w"])
        #expect(plan.frame.cpuSeconds == 3 && plan.frame.processes == 0)
        one.confinement = .off
        two.confinement = .off
        #expect(!ConfinementPlan(for: [one, two], images: "", hostData: "").frame.isConfined)
    }

    @Test("require starts a plugin where everything is there, and never one in the host's process")
    func requireForReal() async throws {
        var confined = TestHost.specification("confined", "Echo", .cell)
        var trusted = TestHost.specification("trusted", "Echo", .host)
        (confined.confinement, trusted.confinement) = (.require, .require)
        let host = await TestHost([confined, trusted])
        let missing = ConfinementReport(ConfineFrame(), on: .ofThisMachine).missing
        if missing.isEmpty {
            let plugin = try #require(host.runtime.plugins.first)
            #expect(try await plugin.ask("add", ["a": 1, "b": 2]).text == "3")
            #expect(plugin.confinement.missing == [])
        }
        let failure = try #require(host.runtime.failures.first { $0.plugin == "trusted" })
        #expect(failure.message.contains("Set process: own for it, or confinement: off"))
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }
}
