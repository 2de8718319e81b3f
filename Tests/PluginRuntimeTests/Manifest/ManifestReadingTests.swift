import Testing

@testable import PluginRuntime

@Suite("When a changed manifest is asked for")
struct ManifestReadingTests {
    private func asks(_ next: ManifestReading.Next) -> Bool { if case .ask = next { true } else { false } }

    @Test("one question at a time, and one more for all changes that came meanwhile")
    func coalesce() {
        //   plugin      host
        //   changed     ask
        //   changed
        //   changed
        //               answer: ask again
        //               answer: rest
        var reading = ManifestReading()
        let asked = [reading.changed(), reading.changed(), reading.changed()]
        #expect(asked == [true, false, false])
        let again = [asks(reading.answered(mayAsk: true)), asks(reading.answered(mayAsk: true))]
        #expect(again == [true, false])
        let anew = reading.changed()
        #expect(anew)
    }

    @Test("a plugin that is stopping is not asked again")
    func stopping() {
        var reading = ManifestReading()
        let asked = [reading.changed(), reading.changed()]
        #expect(asked == [true, false])
        let again = asks(reading.answered(mayAsk: false))
        #expect(!again)
    }
}
