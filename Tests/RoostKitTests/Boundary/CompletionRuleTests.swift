import CRoost
import Testing

@testable import RoostKit
@testable import RoostTesting

@Suite("The end of a call")
struct CompletionRuleTests {
    private let recorder = HostRecorder()

    @Test("a second completion is refused and reported")
    func second() throws {
        let host = TestHost(recorder, dataDirectory: "/")
        let link = CHost(host.table)
        let call = recorder.open(logLevel: nil)
        link.complete(call, with: .complete(Array("{}".utf8)))
        link.complete(call, with: .cancelled)
        #expect(recorder.record.faults == ["The plugin completed call 1, which has already ended."])
        let found1 = try recorder.record.outcomes[call]?.get()
        #expect(found1 == .complete([:]))
    }

    @Test("a completion of a call that never was is refused and reported")
    func unknown() {
        let host = TestHost(recorder, dataDirectory: "/")
        CHost(host.table).complete(7, with: .cancelled)
        #expect(recorder.record.faults == ["The plugin completed call 7, which was never begun."])
    }

    @Test("an end that is not JSON is a fault, and still an end", arguments: ["", "{", "[]", "7"])
    func broken(text: String) {
        let host = TestHost(recorder, dataDirectory: "/")
        let call = recorder.open(logLevel: nil)
        CHost(host.table).complete(call, with: .complete(Array(text.utf8)))
        #expect(recorder.record.openCalls == 0)
        #expect(recorder.record.faults.count == 1)
    }

    @Test("nothing reaches a host that is closed")
    func closed() {
        let host = TestHost(recorder, dataDirectory: "/")
        let link = CHost(host.table)
        let call = recorder.open(logLevel: .debug)
        link.close()
        link.complete(call, with: .cancelled)
        link.log(call: call, level: .error, logger: "") { "late" }
        #expect(link.isCancelled(call))
        #expect(recorder.record.openCalls == 1)
        #expect(recorder.record.logs.isEmpty)
    }
}
