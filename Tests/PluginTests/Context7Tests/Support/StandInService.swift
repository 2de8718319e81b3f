import RoostJSON
import RoostKit
import Synchronization
import Testing

/// The service while it is away: checks every request against the published description, and answers what it is told.
final class StandInService: Sendable {
    private let api: PublishedAPI
    private let answers: Mutex<[HTTPResponse]>
    private let state = Mutex<(faults: [String], isDown: Bool)>(([], false))

    /// Gives one answer for each request, the last one again and again.
    init(_ answers: HTTPResponse...) throws {
        api = try PublishedAPI()
        self.answers = Mutex(answers)
    }

    /// What requests had that the description does not allow.
    var faults: [String] { state.withLock { $0.faults } }

    /// From now on nobody answers.
    func goDown() { state.withLock { $0.isDown = true } }

    /// Gives other answers from now on.
    func answer(_ new: HTTPResponse...) { answers.withLock { $0 = new } }

    @Sendable func serve(_ request: HTTPRequest) async throws -> HTTPResponse {
        let found = api.faults(in: request)
        let isDown = state.withLock { state in
            state.faults += found
            return state.isDown
        }
        if isDown { throw HTTPError(.unreachable, "Nobody answered at https://context7.com.") }
        return answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }

    /// The service's answers as the description shows them.
    static func libraries(_ api: PublishedAPI) throws -> HTTPResponse {
        let body = try #require(api.success("/v2/libs/search", "application/json"))
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body.bytes)
    }

    static func documentation(_ text: String) -> HTTPResponse {
        HTTPResponse(status: 200, headers: ["Content-Type": "text/plain"], body: Array(text.utf8))
    }

    static func failure(_ status: Int, _ body: JSONValue, _ headers: HTTPHeaders = [:]) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers, body: body.bytes)
    }
}

/// A config without local libraries and without a model.
let remoteOnly: JSONValue = ["embedding": "off"]
