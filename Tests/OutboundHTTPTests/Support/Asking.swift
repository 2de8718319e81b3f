@testable import OutboundHTTP

extension OutboundClient {
    /// Sends a request and waits for its answer.
    func answer(_ request: OutboundRequest) async throws -> OutboundResponse {
        let result = await withCheckedContinuation { continuation in
            send(request) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Sends a request and waits for its failure; nil when there was an answer.
    func failure(_ request: OutboundRequest) async -> OutboundFailure? {
        do {
            _ = try await answer(request)
            return nil
        } catch {
            return error as? OutboundFailure
        }
    }
}

/// A GET, with what a test wants of it.
func get(_ address: String, _ change: (inout OutboundRequest) -> Void = { _ in }) -> OutboundRequest {
    var request = OutboundRequest(address)
    request.timeout = .seconds(20)
    change(&request)
    return request
}

extension OutboundResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
