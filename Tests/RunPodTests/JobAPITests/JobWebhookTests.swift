import HTTPTesting
import OutboundHTTP
import RoostJSON
import Testing
import WorkStore

@testable import RunPod

@Suite("Webhooks", .timeLimit(.minutes(10)))
struct JobWebhookTests {
    private func webhooks(_ server: ScriptedServer, allowing entries: [String]) -> JobWebhooks {
        JobWebhooks(
            client: CurlClient(),
            egress: EgressRules(entries.compactMap { EgressEntry($0) }, holder: "a job's webhook"),
            logger: QueueFixture.logger,
            sleep: { _ in }
        )
    }

    @Test("get the whole status with the input; who answers otherwise is asked again, three times in all")
    func tells() async throws {
        let server = try await ScriptedServer { _ in
            [.send("HTTP/1.1 503 S\r\nContent-Length: 0\r\n\r\n")]
        }
        let fixture = try QueueFixture(webhooks: webhooks(server, allowing: ["127.0.0.1"]))
        let address = server.address("/hook?key=1")
        let id = try await fixture.submit(#"{"input":{"a":1},"webhook":"\#(address)"}"#)
        fixture.runner.settle(id, .completed([0x37]))
        let record = try await fixture.awaited(id) { JobDetails($0.details)?.isTold == true }
        #expect(record.state == .completed)
        #expect(server.requests.count == 3)
        let request = try #require(server.requests.first)
        #expect(request.path == "/hook?key=1" && request["Content-Type"] == "application/json")
        let body = try JSONValue(parsing: request.body)
        #expect(body["status"] == "COMPLETED" && body["output"] == 7 && body["input"] == ["a": 1])
        #expect(body["webhook"] == .string(address) && body["id"] == .string(id))
        await server.stop()
    }

    @Test("reach no inner address that the operator did not name")
    func egress() async throws {
        let server = try await ScriptedServer { _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
        }
        let fixture = try QueueFixture(webhooks: webhooks(server, allowing: ["*"]))
        let id = try await fixture.submit(#"{"input":{},"webhook":"\#(server.address("/"))"}"#)
        fixture.runner.settle(id, .failed("no"))
        _ = try await fixture.awaited(id) { JobDetails($0.details)?.isTold == true }
        #expect(server.requests.isEmpty)
        await server.stop()
    }
}
