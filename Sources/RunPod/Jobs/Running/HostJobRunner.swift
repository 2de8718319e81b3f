package import Gateway
import MCP
import RoostJSON
import Synchronization
package import Transports

/// Runs jobs through the host's own gateway: every policy holds for them as for a call of the same caller over HTTP.
package struct HostJobRunner: JobRunner {
    private let gateway: @Sendable () -> Gateway?
    private let http: LocalHTTP
    /// The plugin that is meant where a job names none.
    private let server: String?

    /// - Parameters:
    ///   - gateway: Nil while the plugins are being prepared.
    ///   - http: The host's own addresses.
    ///   - server: The plugin that is meant where a job names none, from SERVER_TYPE; nil: whichever has the tool.
    package init(
        gateway: @escaping @Sendable () -> Gateway?,
        http: LocalHTTP,
        server: String?
    ) {
        self.gateway = gateway
        self.http = http
        self.server = server
    }

    package func run(_ job: Job, report: @escaping @Sendable (JobReport) -> Void) async -> JobOutcome {
        guard let gateway = gateway() else { return .failed("the plugins are being prepared") }
        do throws(JobFault) {
            switch try JobForm(job.input) {
            case .tool(let tool, let arguments, let server):
                let place = try place(ofTool: tool, server: server ?? self.server, gateway)
                let bytes = arguments.map { Array($0.bytes) } ?? Array("{}".utf8)
                return await call(place, bytes, isPlain: false, for: job, gateway, report)
            case .action(let action, let input, let server):
                let (place, arguments) = try self.action(action, input, server ?? self.server, gateway)
                let bytes = JSONValue.object(arguments).bytes
                return await call(place, bytes, isPlain: true, for: job, gateway, report)
            case .message(let message, let server):
                let endpoint = try server.map { (alias) throws(JobFault) in try known(alias, gateway) }
                return try await MessageJob(gateway: gateway, endpoint: endpoint ?? .all, caller: job.caller)
                    .run(message, report)
            case .request(let request):
                return await send(request.request, for: job, report)
            case .unknown(let members):
                throw unknown(members)
            }
        } catch {
            let example = JobExample.text(gateway, server: server, for: job.caller.grants)
            return .failed("\(error). A valid job: \(example)")
        }
    }

    // MARK: Tools

    /// A tool under the name an address serves it.
    private struct Place {
        var endpoint: Endpoint
        var tool: String
    }

    private func known(_ alias: String, _ gateway: Gateway) throws(JobFault) -> Endpoint {
        guard gateway.catalog[.plugin(alias)] != nil else {
            let aliases = gateway.catalog.aliases.joined(separator: ", ")
            throw JobFault("no server \"\(alias)\" is served here; there are \(aliases)")
        }
        return .plugin(alias)
    }

    private func place(
        ofTool tool: String,
        server: String?,
        _ gateway: Gateway
    ) throws(JobFault) -> Place {
        if let server {
            let endpoint = try known(server, gateway)
            let catalog = gateway.catalog[endpoint]
            if catalog?.tool(named: tool) != nil { return Place(endpoint: endpoint, tool: tool) }
            if let name = catalog?.servedName(ofTool: tool) { return Place(endpoint: endpoint, tool: name) }
            throw JobFault("the server \"\(server)\" has no tool \"\(tool)\"")
        }
        if gateway.catalog[.all]?.tool(named: tool) != nil { return Place(endpoint: .all, tool: tool) }
        let found = gateway.catalog.aliases.compactMap { alias -> Place? in
            guard let catalog = gateway.catalog[.plugin(alias)] else { return nil }
            let name = catalog.tool(named: tool).map { _ in tool } ?? catalog.servedName(ofTool: tool)
            return name.map { Place(endpoint: .plugin(alias), tool: $0) }
        }
        guard let place = found.first else { throw JobFault("no server has a tool \"\(tool)\"") }
        guard found.count == 1 else {
            throw JobFault("several servers have a tool \"\(tool)\": name one as \"server\"")
        }
        return place
    }

    private func action(
        _ action: String,
        _ input: JSONView,
        _ server: String?,
        _ gateway: Gateway
    ) throws(JobFault) -> (Place, JSONObject) {
        if let server { _ = try known(server, gateway) }
        let aliases = server.map { [$0] } ?? gateway.catalog.aliases
        let found = aliases.compactMap { alias -> (Place, JSONObject)? in
            guard let catalog = gateway.catalog[.plugin(alias)] else { return nil }
            let known = JobAction(action, input: input) { catalog.servedName(ofTool: $0) != nil }
            guard let known, let name = catalog.servedName(ofTool: known.tool) else { return nil }
            return (Place(endpoint: .plugin(alias), tool: name), known.arguments)
        }
        guard let first = found.first else {
            let place = server.map { "the server \"\($0)\"" } ?? "any server here"
            throw JobFault("Unknown action \"\(action)\" for \(place)")
        }
        guard found.count == 1 else {
            throw JobFault("several servers have an action \"\(action)\": name one as \"server\"")
        }
        return first
    }

    private func call(
        _ place: Place,
        _ arguments: [UInt8],
        isPlain: Bool,
        for job: Job,
        _ gateway: Gateway,
        _ report: @escaping @Sendable (JobReport) -> Void
    ) async -> JobOutcome {
        var writer = JSONWriter(capacity: arguments.count + 128)
        writer.object { params in
            params.member("name", string: place.tool)
            params.member("arguments", raw: arguments)
        }
        guard let params = try? JSONDocument(parsing: writer.bytes).root else {
            return .failed("the arguments are nested too deeply")
        }
        let client = Client(
            version: .v2026_07_28,
            capabilities: ClientCapabilities(nil),
            principal: job.caller.principal,
            grants: job.caller.grants
        )
        let answer = await JobExchange(gateway: gateway, endpoint: place.endpoint).ask(
            Request(id: .string(job.id), method: "tools/call", params: params),
            by: client,
            progressToken: Self.token
        ) { message in
            if let progress = Self.progress(message) { report(.progress(progress)) }
        }
        guard let answer else { return .cancelled }
        return ToolOutcome.of(answer, isPlain: isPlain)
    }

    private static let token = try? JSONDocument(parsing: "\"job\"").root

    /// What a notification of progress says, without the token, which nobody asked for.
    private static func progress(_ message: [UInt8]) -> [UInt8]? {
        guard let notification = try? JSONDocument(parsing: message).root,
            notification["method"]?.equals("notifications/progress") == true,
            let params = notification["params"]
        else { return nil }
        var progress: JSONObject = [:]
        for member in params.members where member.key != "progressToken" {
            progress[member.key] = JSONValue(member.value)
        }
        return JSONValue.object(progress).bytes
    }

    // MARK: Requests

    private func send(
        _ request: LocalRequest,
        for job: Job,
        _ report: @escaping @Sendable (JobReport) -> Void
    ) async -> JobOutcome {
        let events = EventList()
        let answer = await http.send(request, as: job.caller) { event in
            let event = JobHTTPRequest.json(event)
            events.append(event)
            report(.chunk(event))
        }
        guard let answer else {
            return Task.isCancelled ? .cancelled : .failed("the host closed the request without an answer")
        }
        return .completed(JobHTTPRequest.output(answer, events: events.takeAll()))
    }

    private func unknown(_ members: [String]) -> JobFault {
        let found = members.isEmpty ? "none" : members.prefix(8).joined(separator: ", ")
        return JobFault(
            "the input has none of the forms of a job: tool, arguments (and server); an MCP message; method, path, body; action. Found members: \(found)"
        )
    }
}

/// The events of a stream in the order they came; of a flood the last ones, with a word in the place of the others.
private final class EventList: Sendable {
    private let events = Mutex(ChunkBuffer(limit: nil, room: .init(chunks: 100_000, bytes: 64_000_000)))

    func append(_ event: [UInt8]) { events.withLock { $0.append(event) } }

    func takeAll() -> [[UInt8]] {
        events.withLock { events in
            var all: [[UInt8]] = []
            while let event = events.next() { all.append(event) }
            return all
        }
    }
}
