import Glibc
import NIOCore
import NIOPosix
import RoostJSON
import Transports

/// Asks a running host as its operator.
struct AdminClient: Sendable {
    private let address: HTTPAddress

    init(_ address: HTTPAddress) { self.address = address }

    /// Why there is no answer, or the host's own words for why not.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private static func reason(_ error: any Error) -> String {
        (error as? IOError).map { String(cString: strerror($0.errnoCode)).lowercased() } ?? "\(error)"
    }

    /// Asks and returns the host's answer.
    ///
    /// Throws ``Failure`` when no host answers or it refuses.
    func ask(_ method: String, _ path: String, _ body: JSONObject = [:]) async throws -> JSONValue {
        var headers = [("content-type", "application/json")]
        // The ordinary address serves operators by the scope of what they show.
        if let key = ProcessEnvironment.variables["ROOST_API_KEY"], !key.isEmpty {
            headers.append(("authorization", "Bearer \(key)"))
        }
        let answer: HTTPClient.Answer
        do {
            answer = try await HTTPClient.send(
                method,
                path,
                to: address,
                headers: headers,
                body: body.members.isEmpty ? [] : JSONValue.object(body).bytes,
                group: MultiThreadedEventLoopGroup.singleton
            )
        } catch {
            throw Failure(
                description:
                    "no host answers at \(address): is it running? --data, --url or --config names another one (\(Self.reason(error)))"
            )
        }
        let value = try? JSONValue(parsing: answer.body)
        guard answer.status == 200, let value else {
            let words = value?["error"]?.string ?? String(decoding: answer.body, as: UTF8.self)
            throw Failure(description: words.isEmpty ? "the host answered \(answer.status)" : words)
        }
        return value
    }
}
