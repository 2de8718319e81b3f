import RoostJSON
import Testing

@testable import RunPod

@Suite("What the queue is told of a job")
struct ResultBodyTests {
    /// What RunPod's own worker makes of what its handlers return.
    @Test(
        "an output is wrapped; error and refresh_worker are taken out of it",
        arguments: [
            (#"{"a":1}"#, #"{"output":{"a":1}}"#, false),
            (#"[1,"x"]"#, #"{"output":[1,"x"]}"#, false),
            ("null", #"{"output":null}"#, false),
            ("{}", #"{"output":{}}"#, false),
            (#"{"error":"bad","detail":1}"#, #"{"output":{"detail":1},"error":"bad"}"#, false),
            (#"{"error":"bad"}"#, #"{"error":"bad"}"#, false),
            (#"{"refresh_worker":true,"kept":1}"#, #"{"output":{"kept":1},"stopPod":true}"#, true),
            (#"{"refresh_worker":true}"#, #"{"stopPod":true}"#, true),
            (#"{"refresh_worker":false,"kept":1}"#, #"{"output":{"kept":1}}"#, false),
        ]
    )
    func completed(_ output: String, _ body: String, _ refreshes: Bool) {
        let result = ResultBody.completed(Array(output.utf8))
        #expect(String(decoding: result.bytes, as: UTF8.self) == body)
        #expect(result.refreshesWorker == refreshes)
    }

    @Test("an error that is no text stays in the output, which the platform would lose otherwise")
    func errorObject() {
        let output = #"{"error":{"code":-32601}}"#
        let body = String(decoding: ResultBody.completed(Array(output.utf8)).bytes, as: UTF8.self)
        #expect(body == #"{"output":{"error":{"code":-32601}}}"#)
    }

    @Test("a failure is a report in a text, with the members of RunPod's own worker")
    func report() throws {
        let settings = try #require(try QueueSettings.test())
        let text = FailureReport(.job, "no such tool").text(settings)
        let body = try JSONValue(parsing: ResultBody.failed(text))
        let report = try JSONValue(parsing: try #require(body["error"]?.string))
        #expect(
            report.object?.keys.sorted() == [
                "error_message", "error_traceback", "error_type", "hostname", "runpod_version", "worker_id",
            ]
        )
        #expect(report["error_message"] == "no such tool")
        #expect(report["worker_id"] == "w1")
    }
}
