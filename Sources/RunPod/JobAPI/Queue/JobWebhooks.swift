package import Logging
package import OutboundHTTP

/// Tells those who asked for it how a job ended: one POST of the status object, and two more tries when nobody takes it.
///
/// Receivers drop what comes twice by the job's id: after a crash of the host it may.
package struct JobWebhooks: Sendable {
    private let client: any OutboundClient
    private let egress: EgressRules
    private let logger: Logger
    private let sleep: @Sendable (Duration) async -> Void

    /// As the platform was seen to do.
    private static let pauses: [Duration] = [.seconds(5), .seconds(15)]

    /// `egress`: whom clients may have told.
    package init(
        client: any OutboundClient,
        egress: EgressRules,
        logger: Logger,
        sleep: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    ) {
        self.client = client
        self.egress = egress
        self.logger = logger
        self.sleep = sleep
    }

    /// Sends one status object, in the worst case three times; returns when there is nothing more to do.
    func tell(_ address: String, _ status: [UInt8], of id: String) async {
        for pause in Self.pauses.map(Optional.some) + [nil] {
            let fault = await post(address, status)
            guard let fault else { return }
            // The address may hold a secret: only the job is named.
            logger.warning(
                "the webhook of job \(id) was not told: \(fault)\(pause == nil ? "; nobody tries again" : "")",
                metadata: ["job": "\(id)"]
            )
            if let pause { await sleep(pause) }
        }
    }

    /// Nil when it was taken.
    private func post(_ address: String, _ status: [UInt8]) async -> String? {
        var request = OutboundRequest(address)
        request.method = "POST"
        request.headers = [("Content-Type", "application/json")]
        request.body = status
        request.maximumRedirects = 0
        request.maximumBody = 1_000_000
        request.egress = egress
        let result = await withCheckedContinuation { continuation in
            client.send(request) { continuation.resume(returning: $0) }
        }
        switch result {
        case .success(let response) where (200..<300).contains(response.status): return nil
        case .success(let response): return "it answered \(response.status)"
        case .failure(let failure): return failure.message
        }
    }
}
