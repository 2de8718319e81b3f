import CRoost
public import RoostKit

/// Sends HTTP requests through the host from Swift.
struct Courier: Plugin {
    static let manifest = Manifest(id: "dev.roost.courier", name: "Courier", version: "1.0.0")

    var tools: [AnyTool] {
        Get()
        PostJSON()
        Lines()
        FirstLine()
        Upload()
        Parallel()
        Abandon()
    }
}

struct Address: ToolInput {
    @Param("The address") var url: String
}

struct Get: Tool {
    static let description = "Gets an address; a status that is no success is an error."
    typealias Input = Address

    func call(_ input: Address, _ context: CallContext) async throws -> String {
        let response = try await context.http.get(input.url, headers: ["X-Courier": "1"]).successful()
        return
            "\(response.status) \(response.headers["Content-Type"] ?? "-") \(response.body.count): \(response.text.prefix(200))"
    }
}

struct PostJSON: Tool {
    static let description = "Posts a value and decodes the answer as one like it."
    typealias Input = Address

    struct Parcel: Codable, Equatable {
        var id: Int
        var content: String
    }

    func call(_ input: Address, _ context: CallContext) async throws -> String {
        let parcel = Parcel(id: 7, content: "a \"parcel\"")
        let back: Parcel = try await context.http.post(input.url, json: parcel).decode()
        return back == parcel ? "the same" : "another"
    }
}

struct Lines: Tool {
    static let description = "Reads a streamed answer line by line."
    typealias Input = Address

    func call(_ input: Address, _ context: CallContext) async throws -> String {
        let (body, response) = try await context.http.bytes(for: HTTPRequest(input.url))
        var lines: [String] = []
        for try await line in body.lines { lines.append(line) }
        return "\(response.status): \(lines.count) lines, the last \(lines.last ?? "-")"
    }
}

struct FirstLine: Tool {
    static let description = "Reads one line of a streamed answer and leaves."
    typealias Input = Address

    func call(_ input: Address, _ context: CallContext) async throws -> String {
        let (body, _) = try await context.http.bytes(for: HTTPRequest(input.url))
        for try await line in body.lines { return line }
        return "nothing"
    }
}

struct Upload: Tool {
    static let description = "Writes a body of 3 MB piece by piece."
    typealias Input = Address

    func call(_ input: Address, _ context: CallContext) async throws -> String {
        let pieces = AsyncStream<[UInt8]> { continuation in
            for number in 0..<30 { continuation.yield([UInt8](repeating: UInt8(number), count: 100_000)) }
            continuation.finish()
        }
        return try await context.http.upload(HTTPRequest(input.url, method: "PUT"), from: pieces).text
    }
}

struct Parallel: Tool {
    static let description = "Gets an address many times at once."

    struct Input: ToolInput {
        @Param("The address") var url: String
        @Param("How often", in: 1...2000) var count = 10
    }

    func call(_ input: Input, _ context: CallContext) async throws -> String {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<input.count {
                group.addTask {
                    var request = HTTPRequest(input.url)
                    request.timeout = .seconds(60)
                    return try await context.http.send(request).status
                }
            }
            var good = 0
            for try await status in group where status == 200 { good += 1 }
            return "\(good) of \(input.count)"
        }
    }
}

struct Abandon: Tool {
    static let description = "Cancels its own request."
    typealias Input = Address

    func call(_ input: Address, _ context: CallContext) async throws -> String {
        await withTaskGroup(of: String.self) { group in
            group.addTask {
                do {
                    _ = try await context.http.get(input.url)
                    return "answered"
                } catch { return "\(type(of: error))" }
            }
            try? await Task.sleep(for: .milliseconds(50))
            group.cancelAll()
            return await group.next() ?? "nothing"
        }
    }
}

/// The one symbol of the library.
@c @implementation public func roost_plugin_entry_v1() -> PluginEntry { export(Courier.self) }
