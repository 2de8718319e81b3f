import Testing

@testable import PluginRuntime

@Suite("Which files may stay")
struct RetentionTests {
    private func file(_ name: String, _ bytes: Int, age: Int, isInUse: Bool = false) -> Retention.File {
        Retention.File(name, bytes: bytes, age: .seconds(age), isInUse: isInUse)
    }

    @Test("what is too old goes, whatever room there is")
    func age() {
        let retention = Retention(age: .seconds(10), bytes: 1_000)
        let files = [file("a", 1, age: 11), file("b", 1, age: 10), file("c", 1, age: 400)]
        #expect(retention.outdated(files) == ["c", "a"])
    }

    @Test("the oldest go until the others fit")
    func size() {
        let retention = Retention(age: .seconds(1_000), bytes: 50)
        let files = [
            file("old", 30, age: 9), file("older", 30, age: 99), file("young", 20, age: 1),
            file("younger", 0, age: 0),
        ]
        #expect(retention.outdated(files) == ["older"])
        #expect(Retention(age: .seconds(1_000), bytes: 110).outdated(files) == [])
    }

    @Test("the youngest stays, however large, unless it is too old itself")
    func youngest() {
        let retention = Retention(age: .seconds(100), bytes: 10)
        #expect(retention.outdated([file("a", 500, age: 5), file("b", 1, age: 6)]) == ["b"])
        #expect(retention.outdated([file("a", 500, age: 101)]) == ["a"])
    }

    @Test("what is in use stays and counts, and what another process may be about to use stays")
    func inUse() {
        let retention = Retention(age: .seconds(100), bytes: 10, grace: .seconds(20))
        let files = [
            file("used", 100, age: 5_000, isInUse: true), file("fresh", 100, age: 19),
            file("left", 1, age: 20), file("youngest", 1, age: -5),
        ]
        #expect(retention.outdated(files) == ["left"])
    }

    @Test("files of one age go in one order, on every machine")
    func ties() {
        let retention = Retention(age: .seconds(100), bytes: 1)
        let files = ["b", "a", "c"].map { file($0, 1, age: 7) }
        #expect(retention.outdated(files) == ["c", "b"])
        #expect(retention.outdated(files.reversed()) == ["c", "b"])
    }

    @Test("what stays fits, or cannot go: for any files")
    func anyFiles() {
        for seed in 0..<300 {
            var dice = Dice(state: UInt64(seed))
            let retention = Retention(
                age: .seconds(Int.random(in: 0...50, using: &dice)),
                bytes: Int.random(in: 0...300, using: &dice),
                grace: .seconds(Int.random(in: 0...10, using: &dice))
            )
            let files = (0..<Int.random(in: 0...12, using: &dice)).map {
                file(
                    "\($0)",
                    Int.random(in: 0...80, using: &dice),
                    age: Int.random(in: -5...60, using: &dice),
                    isInUse: Int.random(in: 0...4, using: &dice) == 0
                )
            }
            let outdated = Set(retention.outdated(files))
            let left = files.filter { !outdated.contains($0.name) }
            let youngest = files.min { ($0.age, $0.name) < ($1.age, $1.name) }
            let held = left.filter { $0.isInUse || $0.age < retention.grace || $0 == youngest }
            let isTight = left.reduce(0) { $0 + $1.bytes } <= retention.bytes
            #expect(isTight || held.count == left.count, "seed \(seed)")
            for file in files where outdated.contains(file.name) {
                #expect(!file.isInUse && file.age >= retention.grace, "seed \(seed)")
            }
        }
    }
}
