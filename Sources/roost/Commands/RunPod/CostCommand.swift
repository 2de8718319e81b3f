import ArgumentParser
import PluginRuntime
import RoostJSON
import RunPod

/// What the use in an access log costs, with an endpoint for every server and with one image for all.
struct CostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost",
        abstract: "Compute what measured use costs at RunPod, and what one shared image saves."
    )

    @Argument(help: "Access logs of this host (Documentation/AccessLog.md).")
    var logs: [String]

    @Option(help: "A flavor of RunPod's catalog, whose price is asked for with RUNPOD_API_KEY.")
    var flavor = "cpu3c"

    @Option(help: "Virtual processors of a worker.")
    var vcpu = 2

    @Option(help: "What a worker costs an hour, instead of asking the catalog.")
    var pricePerHour: Double?

    @Option(help: "Seconds from a worker's start to its first answer.")
    var coldStart = 5.0

    @Option(help: "Seconds until an idle worker stops.")
    var idleTimeout = 60.0

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    func validate() throws {
        guard (1...1_024).contains(vcpu), (0...3_600).contains(coldStart), (0...3_600).contains(idleTimeout)
        else {
            throw ValidationError(
                "--vcpu is from 1 to 1024; --cold-start and --idle-timeout are seconds up to an hour"
            )
        }
    }

    func run() async throws {
        var spans: [UsedSpan] = []
        for path in logs { spans += try Self.spans(path) }
        guard !spans.isEmpty else {
            Terminal.complain(
                "expected lines of calls in \(logs.joined(separator: ", ")), found none; access_log in host.yaml writes them"
            )
            throw ExitCode.failure
        }
        let hour = try await priceOfAnHour()
        let table = CostTable(spans, price: hour / 3_600, coldStart: coldStart, idleTimeout: idleTimeout)
        Terminal.say(json ? CostReport(table).json.text : CostReport(table).text(pricePerHour: hour))
    }

    private func priceOfAnHour() async throws -> Double {
        if let pricePerHour { return pricePerHour }
        do {
            let flavors = try await RunPodAccess.required(nil).processors()
            // The catalog's ids may carry a size behind the flavor.
            let found =
                flavors.first { $0["id"]?.string == flavor }
                ?? flavors.first { $0["id"]?.string?.hasPrefix(flavor + "-") == true }
            guard let price = found?["price"]?["serverlessPerVcpu"]?.double else {
                let known = flavors.compactMap { $0["id"]?.string }.joined(separator: ", ")
                Terminal.complain(
                    "expected a flavor of RunPod's catalog, found \"\(flavor)\"; there are \(known)"
                )
                throw ExitCode(Terminal.badConfiguration)
            }
            return price * Double(vcpu)
        } catch let failure as RunPodAPI.Failure {
            Terminal.complain("\(failure); --price-per-hour names a price instead")
            throw ExitCode.failure
        }
    }

    private static func spans(_ path: String) throws -> [UsedSpan] {
        do {
            return try Files.read(path).split(separator: UInt8(ascii: "\n")).compactMap { line in
                (try? JSONValue(parsing: Array(line))).flatMap { AccessLogUse.span($0) }
            }
        } catch {
            Terminal.complain("\(path): \(error)")
            throw ExitCode(Terminal.badConfiguration)
        }
    }
}
