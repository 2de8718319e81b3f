import FoundationEssentials
import RoostKit

/// The Context7 service: asks it, waits where it asks to wait and the caller has the time.
struct Context7Service: Sendable {
    let requests: ServiceRequests

    /// Libraries that may be the one that is meant, in the service's order.
    func libraries(
        named name: String,
        for query: String,
        _ context: CallContext
    ) async throws -> [UInt8] {
        let request = requests.libraries(named: name, for: query, context.clientInfo)
        return try await ask(request, "libraries named \(name)", context).body
    }

    /// The documentation of a library as text.
    func documentation(
        of library: LibraryID,
        for query: String,
        _ context: CallContext
    ) async throws -> [UInt8] {
        let request = requests.documentation(of: library, for: query, context.clientInfo)
        let body = try await ask(request, "\(library)", context).body
        guard !body.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) else {
            throw ServiceFailure(emptyAnswerFor: library)
        }
        return body
    }

    /// - Throws: ``ServiceFailure``, or CancellationError.
    private func ask(
        _ request: HTTPRequest,
        _ subject: String,
        _ context: CallContext
    ) async throws -> HTTPResponse {
        var plan = RepetitionPlan()
        while true {
            let failure: ServiceFailure
            do {
                let response = try await context.http.send(request)
                if response.status == 200 { return response }
                failure = ServiceFailure(response, asked: subject, now: Int64(Date().timeIntervalSince1970))
            } catch let error as HTTPError {
                if error.code == .cancelled { throw CancellationError() }
                failure = ServiceFailure(error, asked: subject)
                // What the operator does not allow, or what passed its time, is not worth another try.
                if [.refused, .unavailable, .timedOut, .tooLarge].contains(error.code) { throw failure }
            }
            let left = context.deadline.map { $0 - .now }
            switch plan.step(after: failure, left: left, jitter: .random(in: 0..<1)) {
            case .giveUp: throw failure
            case .wait(let pause):
                context.log(
                    .info,
                    "The Context7 service asks to wait: again in \(DurationText.words(pause))."
                )
                try await Task.sleep(for: pause)
            }
        }
    }
}
