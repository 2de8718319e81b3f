import NIOConcurrencyHelpers
import Synchronization

/// Threads of plugins that wait for the host's answer to roost_host_stream.close.
final class StreamAnswers: Sendable {
    private struct Question {
        /// True when the answer is there.
        let arrived = ConditionLock(value: false)
        var answer: Int32?
    }

    private let questions = Mutex<[UInt64: Question]>([:])

    /// Asks and waits for the answer.
    ///
    /// One question per call at a time; another is answered with nil. The host always answers: when it is gone, the whole
    /// process ends.
    func wait(for call: UInt64, ask: () -> Void) -> Int32? {
        let question = Question()
        let isFirst = questions.withLock { questions -> Bool in
            guard questions[call] == nil else { return false }
            questions[call] = question
            return true
        }
        guard isFirst else { return nil }
        ask()
        question.arrived.lock(whenValue: true)
        question.arrived.unlock()
        return questions.withLock { $0.removeValue(forKey: call)?.answer }
    }

    /// The host's answer. Dropped when nobody waits for it.
    func give(_ status: Int32, for call: UInt64) {
        let question = questions.withLock { questions in
            questions[call]?.answer = status
            return questions[call]
        }
        guard let question else { return }
        question.arrived.lock()
        question.arrived.unlock(withValue: true)
    }
}
