import EventWaiting
import Glibc
import RedisTesting
import RoostJSON
import Testing

/// Two hosts that share nothing but the store of tasks.
@Suite("Tasks of several hosts", .timeLimit(.minutes(2)))
struct SharedTasks {
    /// Where the hosts keep their tasks.
    enum Store: String, Sendable, CaseIterable { case sqlite, redis }

    private struct Hosts {
        let one: RunningHost
        let two: RunningHost
        let redis: RunningRedis?

        func client(_ host: RunningHost) -> ModernClient {
            ModernClient(port: host.port).knowingTasks
        }

        func stop() async {
            one.stop()
            two.stop()
            await redis?.kill()
        }
    }

    private func with(_ store: Store, _ body: (Hosts) async throws -> Void) async throws {
        try await TemporaryDirectory.with { folder in
            let redis = store == .redis ? try await RunningRedis.start() : nil
            var file = HostFile(plugins: [("everything", "libEverything.so")])
            file.further =
                redis.map { "redis: { url: \"\($0.url)\", timeout: 5s }\nwork: { store: redis }" }
                ?? "work: { path: \(folder)/work.sqlite }"
            file.further += "\nstop_grace: 1s"
            async let one = RunningHost.start(file)
            async let two = RunningHost.start(file)
            let hosts = Hosts(one: try await one, two: try await two, redis: redis)
            do { try await body(hosts) } catch {
                await hosts.stop()
                throw error
            }
            await hosts.stop()
        }
    }

    /// ```
    /// one   call ──> task, asks
    /// two                        get   update ──> goes on with it, ends
    /// one                                                               get: completed
    /// ```
    @Test(
        "a question asked at one host is answered at the other, which goes on with the work",
        arguments: Store.allCases
    )
    func answeredElsewhere(_ store: Store) async throws {
        try await with(store) { hosts in
            let (one, two) = (hosts.client(hosts.one), hosts.client(hosts.two))
            let id = try #require(try await one.begin("confirm_delete", ["filename": "x"])["taskId"])
            #expect(try await two.wait(for: id, ["input_required"])["inputRequests"]?["confirm"] != nil)
            try await two.acknowledge(
                "tasks/update",
                ["taskId": id, "inputResponses": ["confirm": TaskShapes.confirmed]]
            )
            let ended = try await one.wait(for: id)
            #expect(ended["status"] == "completed", "\(ended)")
            #expect(TaskShapes.text(ended) == "Deleted x, if it had been there.")
        }
    }

    /// ```
    /// one   call ──> task ═══════════ works ═════════════╗ stops: it renews its lease and learns
    /// two                   listen {task}   cancel       ║
    ///                         working …  ──> cancelled, end of the stream
    /// ```
    @Test(
        "cancelled at one host, the work stops at the other, and who listens hears of it",
        arguments: Store.allCases
    )
    func cancelledElsewhere(_ store: Store) async throws {
        try await with(store) { hosts in
            let (one, two) = (hosts.client(hosts.one), hosts.client(hosts.two))
            let id = try #require(try await one.begin("slow_compute", ["seconds": 100])["taskId"])
            _ = try await poll(for: "a call at the plugin") {
                try await Self.activeCalls(hosts.one) == 1 ? true : Bool?.none
            }
            let subscription = try await two.listen(["taskIds": [id]])
            try await two.acknowledge("tasks/cancel", ["taskId": id])
            var told: JSONValue = .null
            repeat {
                told = try await subscription.next()["params"] ?? .null
            } while told["status"] == "working"
            #expect(told["status"] == "cancelled", "\(told)")
            let end = try await subscription.next()
            #expect(end["result"]?["resultType"] == "complete", "\(end)")
            await subscription.close()
            _ = try await poll(for: "the plugin's call to end") {
                try await Self.activeCalls(hosts.one) == 0 ? true : Bool?.none
            }
            #expect(try await one.task(id)["status"] == "cancelled")
        }
    }

    /// ```
    /// one   call ──> task A works; call ──> task B asks; kill -9
    /// two                                                         get A: failed, interrupted   update B ──> completed
    /// ```
    @Test("after a kill, work that was under way says so, and what waits for answers goes on elsewhere")
    func killed() async throws {
        try await with(.sqlite) { hosts in
            let (one, two) = (hosts.client(hosts.one), hosts.client(hosts.two))
            let working = try #require(try await one.begin("slow_compute", ["seconds": 100])["taskId"])
            let waiting = try #require(try await one.begin("confirm_delete", ["filename": "y"])["taskId"])
            _ = try await one.wait(for: waiting, ["input_required"])
            #expect(try await two.task(working)["status"] == "working")
            kill(try hosts.one.pid, SIGKILL)
            let interrupted = try await two.wait(for: working)
            #expect(interrupted["status"] == "failed", "\(interrupted)")
            #expect(interrupted["error"]?["data"] == ["cause": "interrupted"], "\(interrupted)")
            #expect(interrupted["statusMessage"]?.string?.contains("interrupted") == true)
            try await two.acknowledge(
                "tasks/update",
                ["taskId": waiting, "inputResponses": ["confirm": TaskShapes.confirmed]]
            )
            #expect(try await two.wait(for: waiting)["status"] == "completed")
        }
    }

    @Test("a host that is stopped keeps how its tasks ended", arguments: Store.allCases)
    func stopped(_ store: Store) async throws {
        try await with(store) { hosts in
            let (one, two) = (hosts.client(hosts.one), hosts.client(hosts.two))
            let id = try #require(try await one.begin("slow_compute", ["seconds": 100])["taskId"])
            hosts.one.stop()
            let ended = try await two.wait(for: id)
            #expect(ended["status"] == "failed", "\(ended)")
            #expect(ended["error"]?["data"]?["cause"] == "stopping", "\(ended)")
        }
    }

    /// What the host's metrics say of the calls its plugin works on.
    private static func activeCalls(_ host: RunningHost) async throws -> Double {
        try await Scrape(port: host.port).sum("active_workers", "everything")
    }
}
