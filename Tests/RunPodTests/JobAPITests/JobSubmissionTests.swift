import Gateway
import RoostJSON
import Testing

@testable import RunPod

@Suite("A request to run a job")
struct JobSubmissionTests {
    @Test("keeps every member, and takes the platform's defaults")
    func defaults() throws {
        let body = Array(
            #"{"input":{"a":1},"webhook":"https://e.com/x","policy":{"lowPriority":true},"other":[1]}"#.utf8
        )
        let submission = try JobSubmission(parsing: body)
        #expect(submission.policy.executionTimeout == 600_000)
        #expect(submission.policy.timeToLive == 86_400_000)
        #expect(submission.webhook == "https://e.com/x")
        let (input, extra) = JobSubmission.parts(of: submission.body)
        #expect(input?["a"]?.integer == 1)
        #expect(extra.keys == ["webhook", "policy", "other"])
    }

    @Test("a missing input is nil, and so is null")
    func noInput() throws {
        for text in ["{}", #"{"input":null}"#] {
            #expect(JobSubmission.parts(of: try JobSubmission(parsing: Array(text.utf8)).body).input == nil)
        }
    }

    @Test(
        "is refused with what was expected",
        arguments: [
            ("{not json", "not JSON"), ("[]", "must be a JSON object"),
            (#"{"policy":{"executionTimeout":4999}}"#, "from 5000 to 604800000; found 4999"),
            (#"{"policy":{"ttl":"1h"}}"#, "policy.ttl"), (#"{"policy":3}"#, "\"policy\" must be an object"),
            (#"{"webhook":"ftp://e.com"}"#, "begins with https://"), (#"{"s3Config":[]}"#, "s3Config"),
        ]
    )
    func faults(_ text: String, _ words: String) {
        #expect { try JobSubmission(parsing: Array(text.utf8)) } throws: { "\($0)".contains(words) }
    }

    @Test("what a record says of a job is read as it was written")
    func details() throws {
        let grants = Grants(reading: ["memory", "echo:read", "everything.add"])
        var details = JobDetails(JobPolicy(), isSync: true, grants: grants, webhook: "https://e.com")
        details.interruptions = 1
        details.retries = 2
        let read = try #require(JobDetails(details.bytes))
        #expect(read == details)
        #expect(Grants(reading: read.scopes) == grants)
        #expect(JobDetails(Array("{}".utf8)) == nil)
    }

    @Test("a job whose host ends under it is tried once more, then it has failed")
    func interruption() {
        #expect(Interruption(after: 0) == .tryAgain)
        guard case .fail(let text) = Interruption(after: 1) else {
            return #expect(Bool(false), "tries again")
        }
        #expect(text.hasPrefix("job timed out after 1 retries"))
    }
}
