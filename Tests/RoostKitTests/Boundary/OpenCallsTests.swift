import Testing

@testable import RoostKit

@Suite("The open calls of a plugin")
struct OpenCallsTests {
    private let task = Task {}

    @Test("a cancel before the task is known reaches it when it is")
    func cancelFirst() {
        var calls = OpenCalls()
        calls.begin(1)
        let early = calls.cancel(1)
        #expect(early == nil)
        let mustCancel = calls.attach(task, to: 1)
        #expect(mustCancel)
    }

    @Test("a cancel after the task is known gives it out")
    func cancelLater() {
        var calls = OpenCalls()
        calls.begin(1)
        let mustCancel = calls.attach(task, to: 1)
        #expect(!mustCancel)
        let found = calls.cancel(1)
        #expect(found == task)
    }

    @Test("a task that ended its call before it was known is not kept")
    func endFirst() {
        var calls = OpenCalls()
        calls.begin(1)
        calls.end(1)
        let mustCancel = calls.attach(task, to: 1)
        #expect(!mustCancel)
        #expect(calls.isEmpty)
        let found = calls.cancel(1)
        #expect(found == nil)
    }
}
