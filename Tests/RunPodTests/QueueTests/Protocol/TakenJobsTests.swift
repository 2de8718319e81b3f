import Gateway
import RoostJSON
import Testing

@testable import RunPod

@Suite("What a take brings")
struct TakenJobsTests {
    private static func read(_ text: String) -> TakenJobs { TakenJobs(Array(text.utf8), caller: .local) }

    @Test("one job, with all its members")
    func one() throws {
        let taken = Self.read(#"{"id":"a-u1","input":{"x":1},"webhook":"https://h"}"#)
        let job = try #require(taken.jobs.first?.job)
        #expect(taken.jobs.count == 1 && taken.faults.isEmpty)
        #expect(job.id == "a-u1")
        #expect(job.input?["x"]?.integer == 1)
        #expect(job.extra == ["webhook": "https://h"])
    }

    @Test("a batch, in its order")
    func batch() {
        #expect(Self.read(#"[{"id":"a","input":1},{"id":"b","input":null}]"#).jobs.map(\.id) == ["a", "b"])
    }

    @Test("a job without input is a job")
    func noInput() throws {
        let job = try #require(Self.read(#"{"id":"a"}"#).jobs.first?.job)
        #expect(job.input == nil)
    }

    @Test("nothing", arguments: ["", " \n", "null", "[]"])
    func nothing(_ body: String) {
        let taken = Self.read(body)
        #expect(taken.jobs.isEmpty && taken.faults.isEmpty)
    }

    @Test(
        "what has no id is told to the log",
        arguments: [#"{"input":1}"#, #"{"id":7}"#, "3", #"{"id":""}"#]
    )
    func noID(_ body: String) {
        let taken = Self.read(body)
        #expect(taken.jobs.isEmpty && taken.faults.count == 1)
    }

    @Test(
        "a job that is no JSON is still known by its id, so that it can be answered",
        arguments: [
            (#"{"id":"a","input":{"x":1,"x":2}}"#, ["a"]),
            (#"[{"id":"a","input":{}},{"input":{"id":"no","x":[1,"]"]},"id":"b","x":tru}]"#, ["a", "b"]),
            (#"{"input":"\"id\":\"no\"","id":"c""#, ["c"]),
            (
                "{\"id\":\"d\",\"input\":" + String(repeating: "[", count: 99)
                    + String(repeating: "]", count: 99) + "}", ["d"]
            ),
        ]
    )
    func unreadable(_ body: String, _ ids: [String]) {
        let taken = Self.read(body)
        #expect(taken.jobs.map(\.id) == ids)
        #expect(taken.jobs.allSatisfy { $0.job == nil && $0.fault != nil })
    }

    @Test(
        "a text that stops in the middle of a string or an escape is read to its end",
        arguments: [
            #"{"id":"a"#, #"{"id":"a\"#, "{", "\"", "[{\"id\":\"x\",",
        ]
    )
    func cut(_ body: String) {
        let taken = Self.read(body)
        #expect(taken.jobs.count + taken.faults.count >= 1)
    }
}
