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
        #expect(reading.changed())
        #expect(!reading.changed())
        #expect(!reading.changed())
        #expect(asks(reading.answered(mayAsk: true)))
        #expect(!asks(reading.answered(mayAsk: true)))
        #expect(reading.changed())
    }

    @Test("a plugin that is stopping is not asked again")
    func stopping() {
        var reading = ManifestReading()
        #expect(reading.changed())
        #expect(!reading.changed())
        #expect(!asks(reading.answered(mayAsk: false)))
    }
}
