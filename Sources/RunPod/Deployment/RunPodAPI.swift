package import OutboundHTTP
package import RoostJSON

/// RunPod's management API (REST v2) and the health of its endpoints.
///
/// A 429 and an answer that did not come are tried again as the client does: Retry-After, and jittered pauses for requests that
/// may be repeated.
package struct RunPodAPI: Sendable {
    /// Where the API is, without a slash at the end.
    package struct Addresses: Sendable {
        /// Management; default https://api.runpod.io/v2.
        package var management = "https://api.runpod.io/v2"
        /// Jobs; default https://api.runpod.ai/v2.
        package var jobs = "https://api.runpod.ai/v2"

        package init() {}
    }

    /// Why there is no usable answer; the key is never in it.
    package struct Failure: Error, CustomStringConvertible {
        /// The status; nil when there was no answer.
        package var status: Int?
        package var description: String
    }

    private let client: any OutboundClient
    private let addresses: Addresses
    private let key: String

    package init(_ client: any OutboundClient, addresses: Addresses, key: String) {
        self.client = client
        self.addresses = addresses
        self.key = key
    }

    package func templates() async throws(Failure) -> [JSONValue] {
        try await list(ask("GET", addresses.management + "/templates"), "templates")
    }

    package func endpoints() async throws(Failure) -> [JSONValue] {
        try await list(ask("GET", addresses.management + "/serverless"), "endpoints")
    }

    /// Flavors of processors with their prices.
    package func processors() async throws(Failure) -> [JSONValue] {
        try await list(ask("GET", addresses.management + "/catalog/cpus"), "cpus")
    }

    package func workers(of endpoint: String) async throws(Failure) -> JSONValue {
        try await ask("GET", addresses.management + "/serverless/\(endpoint)/workers")
    }

    package func releases(of endpoint: String) async throws(Failure) -> JSONValue {
        try await ask("GET", addresses.management + "/serverless/\(endpoint)/releases")
    }

    package func endpoint(_ id: String) async throws(Failure) -> JSONValue {
        try await ask("GET", addresses.management + "/serverless/\(id)")
    }

    /// Jobs and workers of an endpoint.
    package func health(of endpoint: String) async throws(Failure) -> JSONValue {
        try await ask("GET", addresses.jobs + "/\(endpoint)/health")
    }

    /// Sets how many workers an endpoint has at least and at most.
    package func setWorkers(_ range: ClosedRange<Int>, of endpoint: String) async throws(Failure) {
        let workers: JSONObject = [
            "min": .integer(Int64(range.lowerBound)), "max": .integer(Int64(range.upperBound)),
        ]
        _ = try await ask(
            "PATCH",
            addresses.management + "/serverless/\(endpoint)",
            ["workers": .object(workers)]
        )
    }

    /// Carries a plan out, step by step; `report` hears of each one that is done.
    ///
    /// - Returns: The endpoint as it stands afterwards.
    package func apply(
        _ plan: DeploymentPlan,
        report: (String) -> Void
    ) async throws(Failure) -> JSONValue? {
        var template = plan.template
        var endpoint: JSONValue?
        for step in plan.steps {
            switch step {
            case .createTemplate(let body):
                let made = try await ask("POST", addresses.management + "/templates", body)
                template = made["id"]?.string
                report("template \(template ?? "") is made")
            case .updateTemplate(let id, let body, _):
                _ = try await ask("PATCH", addresses.management + "/templates/\(id)", body)
                report("template \(id) is changed")
            case .createEndpoint(var body):
                body["templateId"] = .string(template ?? "")
                let made = try await ask("POST", addresses.management + "/serverless", body)
                endpoint = made
                report("endpoint \(made["id"]?.string ?? "") is made")
            case .updateEndpoint(let id, let body, _):
                endpoint = try await ask("PATCH", addresses.management + "/serverless/\(id)", body)
                report("endpoint \(id) is changed")
            }
        }
        return endpoint
    }

    // MARK: Requests

    private func list(_ answer: JSONValue, _ member: String) throws(Failure) -> [JSONValue] {
        guard let list = answer[member]?.array else {
            throw Failure(
                status: nil,
                description: "expected a list \"\(member)\" from RunPod, found something else"
            )
        }
        return list
    }

    private func ask(
        _ method: String,
        _ url: String,
        _ body: JSONObject? = nil
    ) async throws(Failure) -> JSONValue {
        var request = OutboundRequest(url)
        request.method = method
        request.headers = [("Authorization", "Bearer \(key)"), ("Accept", "application/json")]
        if let body {
            request.headers.append(("Content-Type", "application/json"))
            request.body = JSONValue.object(body).bytes
        }
        request.retries = 3
        // Setting fields to values is the same once and twice; making things is not.
        request.isIdempotent = method != "POST"
        request.maximumRedirects = 0
        let sent = request
        let result = await withCheckedContinuation { continuation in
            client.send(sent) { continuation.resume(returning: $0) }
        }
        switch result {
        case .failure(let failure):
            throw Failure(status: nil, description: "\(method) \(url): \(failure.message)")
        case .success(let response):
            let value = try? JSONValue(parsing: response.body)
            guard (200..<300).contains(response.status), let value else {
                throw Failure(
                    status: response.status,
                    description: Self.sentence(method, url, response, value)
                )
            }
            return value
        }
    }

    /// What RunPod says is wrong (RFC 9457), and what to do about what is common.
    private static func sentence(
        _ method: String,
        _ url: String,
        _ response: OutboundResponse,
        _ value: JSONValue?
    ) -> String {
        let words = [value?["title"]?.string, value?["detail"]?.string].compactMap { $0 }
        let faults =
            value?["errors"]?.array?.map { $0.string ?? String(decoding: $0.bytes, as: UTF8.self) } ?? []
        let said = (words + faults).joined(separator: "; ")
        let advice =
            switch response.status {
            case 401, 403: "; is RUNPOD_API_KEY a key of this account that may do this?"
            case 404: "; does it still exist?"
            case 422: "; a field is wrong or not known to RunPod"
            case 429: "; the account's rate limit is used up, try again later"
            default: ""
            }
        return
            "\(method) \(url): RunPod answered \(response.status)\(said.isEmpty ? "" : ", \(said)")\(advice)"
    }
}
