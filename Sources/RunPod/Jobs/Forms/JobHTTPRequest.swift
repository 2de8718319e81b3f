import RoostJSON
import Transports

/// A job that is an HTTP request to the host's own addresses.
struct JobHTTPRequest: Sendable {
    var request: LocalRequest

    /// Reads `method`, `path`, `headers` and `body`; a body that is no text is sent as JSON.
    init(_ input: JSONView) throws(JobFault) {
        let method = try JobForm.text("method", in: input) ?? ""
        guard !method.isEmpty, method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw JobFault(
                "\"method\" must be a method of HTTP in capitals, such as POST; found \"\(method)\""
            )
        }
        let path = try JobForm.text("path", in: input) ?? ""
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw JobFault("\"path\" must begin with / and hold no blanks, such as /mcp; found \"\(path)\"")
        }
        var headers: [(name: String, value: String)] = []
        if let given = input["headers"] {
            guard given.kind == .object else {
                throw JobFault("\"headers\" must be an object of strings; found \(given.kind)")
            }
            for member in given.members {
                guard let value = member.value.string else {
                    throw JobFault(
                        "the header \"\(member.key)\" must be a string; found \(member.value.kind)"
                    )
                }
                headers.append((member.key, value))
            }
        }
        request = LocalRequest(method: method, target: path, headers: headers)
        if let text = input["body"]?.string {
            request.body = Array(text.utf8)
        } else if let body = input["body"], !body.isNull {
            request.body = Array(body.bytes)
        }
        addDefault("content-type", "application/json")
        addDefault("accept", "application/json, text/event-stream")
    }

    private mutating func addDefault(_ name: String, _ value: String) {
        guard !request.headers.contains(where: { $0.name.lowercased() == name }) else { return }
        request.headers.append((name, value))
    }

    /// The output of such a job: status, headers, and the body as JSON where it is JSON, else as text.
    ///
    /// `events`: what a stream carried; then they are the body.
    static func output(_ answer: LocalAnswer, events: [[UInt8]]) -> [UInt8] {
        var writer = JSONWriter(capacity: answer.body.count + 256)
        writer.object { output in
            output.member("status", .integer(Int64(answer.status)))
            output.key("headers")
            output.object { headers in
                if let type = answer.contentType { headers.member("content-type", string: type) }
                for (name, value) in answer.headers { headers.member(name, string: value) }
            }
            output.key("body")
            if answer.isStream {
                output.array { list in for event in events { list.raw(json(event)) } }
            } else if answer.body.isEmpty {
                output.value(.null)
            } else {
                output.raw(json(answer.body))
            }
        }
        return writer.bytes
    }

    /// The bytes when they are JSON; otherwise a JSON string of them.
    static func json(_ bytes: [UInt8]) -> [UInt8] {
        if let document = try? JSONDocument(parsing: bytes) { return Array(document.root.bytes) }
        return JSONValue.string(String(decoding: bytes, as: UTF8.self)).bytes
    }
}
