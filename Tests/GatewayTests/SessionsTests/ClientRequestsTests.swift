import Gateway
import MCP
import RoostJSON
import Synchronization
import Testing

@Suite("Requests of the server that wait for the client")
struct ClientRequestsTests {
    private func response(_ id: RequestID) throws -> Response {
        Response(id: id, result: try JSONDocument(parsing: "{}").root, error: nil)
    }

    @Test("an answer reaches who waits for it, once")
    func resolve() throws {
        let requests = ClientRequests()
        let answers = Mutex(0)
        let id = requests.open { _ in answers.withLock { $0 += 1 } }
        #expect(requests.resolve(try response(id)))
        #expect(!requests.resolve(try response(id)))
        #expect(answers.withLock { $0 } == 1)
    }

    @Test("ids are never used twice, and forgotten ones are not answered")
    func forget() throws {
        let requests = ClientRequests()
        let first = requests.open { _ in Issue.record("nobody waits for this answer") }
        let second = requests.open { _ in }
        #expect(first != second)
        requests.forget(first)
        #expect(!requests.resolve(try response(first)))
    }
}
