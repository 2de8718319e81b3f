import Testing

@testable import PluginRuntime

/// What a writer does to a file on the left, what the watch does on the right.
///
/// The clock is moved by hand.
@Suite("Settling file")
struct SettlingFileTests {
    private let zero = ContinuousClock.now

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant {
        zero.advanced(by: .milliseconds(milliseconds))
    }

    private func stamp(_ number: Int) -> Files.Stamp {
        Files.Stamp(size: number, seconds: number, nanoseconds: 0)
    }

    private func expect(
        _ step: SettlingFile.Step,
        _ expected: SettlingFile.Step,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(step == expected, sourceLocation: sourceLocation)
    }

    @Test("a file that is whole is used after one quiet moment")
    func whole() {
        var file = SettlingFile()
        expect(file.touch(stamp(1), at: at(0)), .look(at: at(20)))
        expect(file.looked(at(20), stamp: stamp(1), isComplete: true), .settled)
    }

    @Test("one that is still written to is looked at again, however whole it seems")
    func growing() {
        var file = SettlingFile()
        expect(file.touch(stamp(1), at: at(0)), .look(at: at(20)))
        expect(file.touch(stamp(2), at: at(10)), .none)
        expect(file.looked(at(20), stamp: stamp(2), isComplete: true), .look(at: at(40)))
        expect(file.looked(at(40), stamp: stamp(3), isComplete: true), .look(at: at(60)))
        expect(file.looked(at(60), stamp: stamp(3), isComplete: true), .settled)
    }

    @Test("half of one is never used, and after a while nobody looks any more")
    func half() {
        var file = SettlingFile()
        expect(file.touch(stamp(1), at: at(0)), .look(at: at(20)))
        expect(file.looked(at(20), stamp: stamp(1), isComplete: false), .look(at: at(270)))
        expect(file.looked(at(10_000), stamp: stamp(1), isComplete: false), .giveUp)
        expect(file.touch(stamp(2), at: at(20_000)), .look(at: at(20_020)))
        expect(file.looked(at(20_020), stamp: stamp(2), isComplete: true), .settled)
    }

    @Test("one that is gone is forgotten")
    func gone() {
        var file = SettlingFile()
        expect(file.touch(stamp(1), at: at(0)), .look(at: at(20)))
        expect(file.looked(at(20), stamp: nil, isComplete: false), .none)
        expect(file.touch(stamp(1), at: at(30)), .look(at: at(50)))
    }
}
