import RoostJSON

/// A request to run a job, checked.
struct JobSubmission: Sendable {
    let body: [UInt8]
    let policy: JobPolicy
    /// Where the end is told; nil: nowhere.
    let webhook: String?

    init(parsing body: [UInt8]) throws(JobFault) {
        let root: JSONView
        do throws(JSONError) { root = try JSONDocument(parsing: body).root } catch {
            throw JobFault("the body must be a JSON object such as {\"input\":{…}}; it is not JSON: \(error)")
        }
        guard root.kind == .object else {
            throw JobFault("the body must be a JSON object such as {\"input\":{…}}; found \(root.kind)")
        }
        policy = try JobPolicy(root["policy"])
        webhook = try Self.address(root["webhook"])
        if let s3 = root["s3Config"], !s3.isNull, s3.kind != .object {
            throw JobFault("\"s3Config\" must be an object; found \(s3.kind)")
        }
        self.body = body
    }

    private static func address(_ view: JSONView?) throws(JobFault) -> String? {
        guard let view, !view.isNull else { return nil }
        guard let text = view.string, text.hasPrefix("https://") || text.hasPrefix("http://") else {
            throw JobFault("\"webhook\" must be an address that begins with https:// or http://")
        }
        return text
    }

    /// The members of a body that was accepted: its input, and all the others.
    static func parts(of body: [UInt8]) -> (input: JSONView?, extra: JSONObject) {
        guard let root = try? JSONDocument(parsing: body).root else { return (nil, [:]) }
        var extra: JSONObject = [:]
        for member in root.members where member.key != "input" && member.key != "id" {
            extra[member.key] = JSONValue(member.value)
        }
        let input = root["input"]
        return (input?.isNull == true ? nil : input, extra)
    }
}
