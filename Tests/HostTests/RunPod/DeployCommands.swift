import RoostJSON
import Testing

@Suite(
    "roost deploy, scale and cost",
    .timeLimit(.minutes(10)),
    .enabled(if: RunPodStandIn.openAPI != nil, "needs ../shared/data/runpod-openapi-v2.json")
)
struct DeployCommands {
    private static func file(_ deploy: String) -> String {
        "plugins: {echo: {library: libEcho.so}}\ndeploy:\n" + deploy
    }

    private static let loadBalancer = """
          name: roost
          image: example.com/roost:1
          type: load-balancer
          cpu: [cpu3c:2, cpu5c:4]
          workers: {min: 0, max: 3, idle: 60s}
          volumes: [vol_1]
          env: {ROOST_PLUGINS: echo, PASSWORD: hunter2, TOKEN: "{{ RUNPOD_SECRET_token }}"}
        """
    private static let queue = """
          name: jobs
          image: example.com/roost:1
          type: queue
          gpu: {pools: [ADA_24], count: 1}
          scale: {delay: 2s}
          flashboot: off
        """

    /// Runs roost with a host.yaml of its own against a stand-in.
    private func roost(
        _ arguments: [String],
        _ deploy: String,
        _ standIn: RunPodStandIn,
        _ directory: String
    ) async throws -> CommandLineRun {
        try TextFile.write(Self.file(deploy), to: directory + "/host.yaml")
        let run = try await CommandLineRun(
            arguments + ["--config", directory + "/host.yaml"],
            under: ["env"] + standIn.environment
        )
        #expect(!run.output.contains(RunPodStandIn.key) && !run.errors.contains(RunPodStandIn.key))
        return run
    }

    private func standIn() async throws -> RunPodStandIn {
        try await RunPodStandIn(try JSONDocument(parsing: RunPodStandIn.openAPI ?? []))
    }

    @Test(
        "a plan changes nothing, apply does only with --yes, and what was done is not done again",
        arguments: [loadBalancer, queue]
    )
    func apply(_ deploy: String) async throws {
        let standIn = try await standIn()
        try await TemporaryDirectory.with { directory in
            let plan = try await roost(["deploy", "plan"], deploy, standIn, directory)
            #expect(plan.succeeded && plan.output.contains("create endpoint"), "\(plan)")
            #expect(!plan.output.contains("hunter2"), "\(plan)")
            let dry = try await roost(["deploy", "apply"], deploy, standIn, directory)
            #expect(dry.succeeded && dry.output.contains("nothing was changed"), "\(dry)")
            #expect(standIn.changes == [])

            let done = try await roost(["deploy", "apply", "--yes"], deploy, standIn, directory)
            #expect(done.succeeded && done.output.contains("https://ep_0.api.runpod.ai"), "\(done)")
            #expect(standIn.changes == ["POST /v2/templates", "POST /v2/serverless"] && standIn.faults == [])
            let again = try await roost(["deploy", "apply", "--yes"], deploy, standIn, directory)
            #expect(again.succeeded && again.output.contains("nothing to do"), "\(again)")

            let more = deploy.replacing("example.com/roost:1", with: "example.com/roost:2")
            let change = try await roost(["deploy", "apply", "--yes"], more, standIn, directory)
            #expect(change.succeeded && standIn.faults == [], "\(change) \(standIn.faults)")
            #expect(standIn.changes.suffix(2) == ["PATCH /v2/templates/tpl_0", "PATCH /v2/serverless/ep_0"])
            #expect(standIn.endpoints.first?["image"] == "example.com/roost:2")
            let status = try await roost(["deploy", "status"], more, standIn, directory)
            #expect(status.succeeded && status.output.contains("running 1, idle 2"), "\(status)")
            let json = try await roost(["deploy", "status", "--json"], more, standIn, directory)
            #expect(
                json.succeeded && !json.output.contains("hunter2") && json.output.contains("roost:2"),
                "\(json)"
            )
        }
    }

    @Test(
        "a busy API is asked again; without a key a plan is compared with nothing, and apply says what is missing"
    )
    func refusals() async throws {
        let standIn = try await standIn()
        try await TemporaryDirectory.with { directory in
            standIn.beBusy(2)
            let plan = try await roost(["deploy", "plan"], Self.queue, standIn, directory)
            #expect(plan.succeeded && plan.output.contains("create template"), "\(plan)")
            for (command, works) in [("plan", true), ("apply", false)] {
                let run = try await CommandLineRun(
                    ["deploy", command, "--config", directory + "/host.yaml"],
                    under: ["env", "-u", "RUNPOD_API_KEY"]
                )
                #expect(run.succeeded == works && run.errors.contains("RUNPOD_API_KEY"), "\(run)")
            }
            let wrong = try await CommandLineRun(
                ["deploy", "plan", "--config", directory + "/host.yaml"],
                under: ["env"] + standIn.environment + ["RUNPOD_API_KEY=wrong"]
            )
            #expect(!wrong.succeeded && wrong.errors.contains("401"), "\(wrong)")
        }
    }

    @Test(
        "what is wrong in the section is said with its place",
        arguments: [
            ("  name: a", "image"), ("  name: a\n  image: b\n  type: pod", "load-balancer"),
            ("  name: a\n  image: b\n  type: queue\n  cpu: [cpu3c:3]", "power of two"),
            ("  name: a\n  image: b\n  type: load-balancer\n  scale: {delay: 2s}", "no queue"),
            ("  name: a\n  image: b\n  type: queue\n  workers: {min: 4, max: 2}", "4 and 2"),
            ("  name: a\n  image: b\n  type: queue\n  replicas: 4", "replicas"),
        ]
    )
    func faults(_ deploy: String, _ word: String) async throws {
        try await TemporaryDirectory.with { directory in
            try TextFile.write(Self.file(deploy), to: directory + "/host.yaml")
            let run = try await CommandLineRun(["deploy", "plan", "--config", directory + "/host.yaml"])
            #expect(
                !run.succeeded && run.errors.contains("host.yaml:3:") || run.errors.contains("host.yaml:"),
                "\(run)"
            )
            #expect(run.errors.contains(word), "\(run)")
        }
    }

    @Test("scale sets the fewest workers by the load, and says so when it only looks") func scale()
        async throws
    {
        let standIn = try await standIn()
        try await TemporaryDirectory.with { directory in
            _ = try await roost(["deploy", "apply", "--yes"], Self.queue, standIn, directory)
            standIn.load(queued: 7, running: 2)
            let words = ["scale", "--endpoint", "ep_0", "--once", "--max", "5"]
            let look = try await CommandLineRun(words + ["--dry-run"], under: ["env"] + standIn.environment)
            #expect(look.succeeded && look.output.contains("3 workers: 9 jobs for 0 places"), "\(look)")
            #expect(standIn.endpoints.first?["workers"]?["min"] == 0)
            let set = try await CommandLineRun(words, under: ["env"] + standIn.environment)
            #expect(set.succeeded && standIn.faults == [], "\(set) \(standIn.faults)")
            #expect(standIn.endpoints.first?["workers"] == ["min": 3, "max": 5])
        }
    }

    @Test("a trace is played without asking anybody") func simulate() async throws {
        try await TemporaryDirectory.with { directory in
            let lines = (0..<100).map { "\($0),2" }.joined(separator: "\n")
            try TextFile.write("arrival,duration\n" + lines, to: directory + "/trace.csv")
            let run = try await CommandLineRun([
                "scale", "--simulate", directory + "/trace.csv", "--price", "0.0001", "--cold-start", "3",
            ])
            #expect(run.succeeded && run.output.contains("jobs      100"), "\(run)")
            for word in ["latency", "workers", "cost", "p95"] { #expect(run.output.contains(word), "\(run)") }
            try TextFile.write("1,2\nx,y", to: directory + "/trace.csv")
            let bad = try await CommandLineRun(["scale", "--simulate", directory + "/trace.csv"])
            #expect(!bad.succeeded && bad.errors.contains("line 2"), "\(bad)")
        }
    }

    @Test("cost compares an endpoint for each server with one image, at the catalog's price") func cost()
        async throws
    {
        let standIn = try await standIn()
        try await TemporaryDirectory.with { directory in
            let lines = ["memory", "echo", "everything"].map {
                #"{"time":"2026-07-28T09:30:10.000Z","event":"call","plugin":"\#($0)","duration_ms":10000}"#
            }
            try TextFile.write(lines.joined(separator: "\n") + "\n", to: directory + "/access.log")
            let run = try await CommandLineRun(
                ["cost", directory + "/access.log", "--cold-start", "0", "--idle-timeout", "50", "--json"],
                under: ["env"] + standIn.environment
            )
            #expect(run.succeeded, "\(run)")
            let report = try JSONValue(parsing: run.output)
            // 60 s of a worker with two processors at 0.03 an hour each.
            #expect(abs((report["shared"]?["cost"]?.double ?? 0) - 0.001) < 1e-9, "\(run)")
            #expect(report["servers"]?.array?.count == 3, "\(run)")
            #expect(abs((report["saving"]?.double ?? 0) - 2.0 / 3) < 1e-9, "\(run)")
            let table = try await CommandLineRun([
                "cost", directory + "/access.log", "--price-per-hour", "0.06",
            ])
            #expect(table.succeeded && table.output.contains("one image saves"), "\(table)")
        }
    }
}
