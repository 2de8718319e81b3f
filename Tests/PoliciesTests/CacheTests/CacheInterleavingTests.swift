import Testing

@testable import Policies

/// Many callers, a plugin, a writer, an operator and a second level, all at once and in random order.
///
/// What holds after every step: a caller only ever gets an answer to its own question, of its own principal when the tool is
/// not shared; an answer is never older than the last write that had ended when the caller asked; everybody is answered once.
@Suite("The cache's decisions: random interleavings")
struct CacheInterleavingTests {
    /// One world may see few hits by chance, twenty of them never do.
    @Test(
        "no principal sees another's answer, nobody sees what was written over",
        arguments: [CacheWorld.Machine.Level.none, .own, .shared]
    )
    func random(_ level: CacheWorld.Machine.Level) async {
        var hits = 0
        for _ in 0..<20 {
            await Task.yield()
            let seed = UInt64.random(in: 0..<(1 << 48))
            var world = CacheWorld(seed: seed, level: level)
            for _ in 0..<3_000 { world.step() }
            world.finish()
            #expect(world.faults == [], "seed \(seed), level \(level)")
            #expect(
                world.answered > 500,
                "seed \(seed), level \(level): too little happened to show anything"
            )
            hits += world.hits
        }
        #expect(hits > 200, "level \(level): too little happened to show anything")
    }
}

/// The world around a machine, driven by random steps.
struct CacheWorld {
    typealias Machine = CacheMachine<Answer, Int>

    /// What the plugin said: to whom, about what, knowing which writes.
    struct Answer: Sendable, Hashable {
        var principal: Int
        var question: Int
        var version: Int
    }

    private struct Caller {
        var principal: Int
        var question: Int
        /// Writes that had ended when it asked.
        var version: Int
        var isShared: Bool
        var waiter: Machine.Flight.WaiterID?
    }

    /// A question to the second level that is under way, or to the plugin.
    private enum Work {
        case stamp(Machine.Flight.ID, Int)
        case record(Machine.Flight.ID, Int)
        case call(Machine.Flight.ID, Int, begun: Int)
        case keep(Machine.Keep)
    }

    private struct Record {
        var answer: Answer
        var stored: ContinuousClock.Instant
        var stamp: CacheStamp
    }

    private var generator: SeededGenerator
    private var machine: Machine
    private let level: Machine.Level
    private var now = ContinuousClock.now
    private let labels = [
        CacheLabel.of(
            "own",
            tags: ["t"],
            ttl: .seconds(20),
            whileRevalidate: .seconds(10),
            ifError: .seconds(20)
        ),
        CacheLabel.of("shared", tags: ["t"], ttl: .seconds(20), whileRevalidate: .seconds(10)),
    ]
    private let tags = [CacheTag(plugin: "p", name: "t")]
    private var callers: [Int: Caller] = [:]
    private var lastCaller = 0
    private var work: [Work] = []
    private var records: [CacheKey: Record] = [:]
    private var generation: UInt64 = 1
    /// Writes that took effect, and writes that ended.
    private var effective = 0
    private var ended = 0
    private var isWriting = false
    private(set) var answered = 0
    private(set) var hits = 0
    private(set) var faults: [String] = []

    init(seed: UInt64, level: Machine.Level) {
        generator = SeededGenerator(seed: seed)
        self.level = level
        var settings = Machine.Settings()
        settings.capacity = 4_000
        settings.level = level
        machine = Machine(settings)
    }

    mutating func step() {
        if isWriting, Int.random(in: 0..<8, using: &generator) == 0 { return write() }
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<45: ask()
        case 45..<80: work(at: Int.random(in: 0..<max(1, work.count), using: &generator))
        case 80..<86: now += .milliseconds(Int.random(in: 1...4_000, using: &generator))
        case 86..<88: leave()
        case 88..<90: for caller in machine.expire(now: now).late { end(caller) }
        case 93: if !isWriting { write() }
        case 94: _ = machine.purge(.everything)
        default: ask()
        }
    }

    /// Lets everything come to its end.
    mutating func finish() {
        while !work.isEmpty { work(at: 0) }
        if !callers.isEmpty { faults.append("\(callers.count) callers were never answered") }
        if !machine.flights.isEmpty || !machine.waiting.isEmpty || !machine.refreshing.isEmpty {
            faults.append("something is left over")
        }
    }

    // MARK: Callers

    private func key(_ caller: Caller) -> CacheKey {
        TestMachine.key(caller.question + (caller.isShared ? 0 : 256 * (caller.principal + 1)))
    }

    private mutating func ask() {
        lastCaller += 1
        let isShared = Bool.random(using: &generator)
        let caller = Caller(
            principal: .random(in: 0..<3, using: &generator),
            question: .random(in: 0..<3, using: &generator),
            version: ended,
            isShared: isShared
        )
        callers[lastCaller] = caller
        let lookup = machine.lookup(
            key(caller),
            labels[isShared ? 1 : 0],
            caller: lastCaller,
            deadline: now + .seconds(Int.random(in: 1...10, using: &generator)),
            now: now
        )
        switch lookup {
        case .hit(let answer, _):
            hits += 1
            give(answer, lastCaller)
        case .stale(let answer, let refresh):
            hits += 1
            give(answer, lastCaller)
            if let refresh { go(refresh.flight, refresh.need, lastCaller, caller) }
        case .wait(let waiter, _): callers[lastCaller]?.waiter = waiter
        case .lead(let flight, let waiter, let need, _):
            if need != .call { callers[lastCaller]?.waiter = waiter }
            go(flight, need, lastCaller, caller)
        }
    }

    /// Who leads is remembered beyond its own end: a refresh goes on in its name.
    private var models: [Int: Caller] = [:]

    private mutating func go(_ flight: Machine.Flight.ID, _ need: Machine.Need, _ id: Int, _ caller: Caller) {
        models[id] = caller
        switch need {
        case .stamp: work.append(.stamp(flight, id))
        case .record: work.append(.record(flight, id))
        case .call: call(flight, id)
        }
    }

    private mutating func call(_ flight: Machine.Flight.ID, _ id: Int) {
        if let caller = callers[id] { models[id] = caller }
        work.append(.call(flight, id, begun: effective))
    }

    private mutating func leave() {
        guard let (id, caller) = callers.randomElement(using: &generator), let waiter = caller.waiter else {
            return
        }
        if machine.leave(waiter) == id { end(id) }
    }

    private mutating func give(_ answer: Answer, _ id: Int) {
        guard let caller = callers[id] else { return faults.append("\(id) was answered twice") }
        if answer.question != caller.question { faults.append("\(id) got an answer to another question") }
        if !caller.isShared, answer.principal != caller.principal {
            faults.append("\(id) got another's answer")
        }
        if answer.version < caller.version { faults.append("\(id) got what had been written over") }
        end(id)
    }

    private mutating func end(_ id: Int) {
        if callers.removeValue(forKey: id) == nil { faults.append("\(id) ended twice") }
        answered += 1
    }

    // MARK: The level and the plugin

    private mutating func work(at place: Int) {
        guard place < work.count else { return }
        switch work.remove(at: place) {
        case .stamp(let flight, let id):
            let stamp = levelAnswers ? [generation] : nil
            follow(machine.stamped(flight, stamp, now: now), id)
        case .record(let flight, let id):
            guard levelAnswers, let model = models[id] else {
                return follow(machine.read(flight, .absent(nil), now: now), id)
            }
            var reading = Machine.Reading.absent([generation])
            if let record = records[key(model)], record.stamp == [generation] {
                reading = .found(record.answer, bytes: 100, age: now - record.stored, stamp: record.stamp)
            }
            follow(machine.read(flight, reading, now: now), id)
        case .keep(let keep):
            guard keep.stamp == [generation] else { return }
            records[keep.key] = Record(answer: keep.value, stored: now, stamp: keep.stamp)
        case .call(let flight, let id, let begun): answer(flight, id, begun)
        }
    }

    private var levelAnswers: Bool {
        mutating get { level == .own || Int.random(in: 0..<8, using: &generator) > 0 }
    }

    private mutating func follow(_ step: Machine.Step, _ id: Int) {
        switch step {
        case .rest: break
        case .read(let flight): work.append(.record(flight, id))
        case .call(let flight, let caller): call(flight, caller ?? id)
        case .serve(let served, let answer, _, let refresh):
            for caller in served { give(answer, caller) }
            hits += served.count
            if let refresh { call(refresh, id) }
        }
    }

    private mutating func answer(_ flight: Machine.Flight.ID, _ id: Int, _ begun: Int) {
        guard let model = models[id] else { return faults.append("nobody asked") }
        // The plugin read its data at some moment between question and answer.
        let version = Int.random(in: begun...effective, using: &generator)
        let answer = Answer(principal: model.principal, question: model.question, version: version)
        let ending: Machine.Ending =
            switch Int.random(in: 0..<20, using: &generator) {
            case 0: .failed
            case 1: .withdrawn
            case 2: .own
            case 3: .answer
            default: .value(answer, bytes: 100, timeToLive: .seconds(20))
            }
        let settlement = machine.ended(flight, ending, now: now)
        if case .value = ending {
            for caller in settlement.answer { give(answer, caller) }
        } else {
            for caller in settlement.answer { end(caller) }
        }
        if let kept = settlement.kept { for caller in settlement.fallback { give(kept, caller) } }
        for caller in settlement.release { end(caller) }
        if let next = settlement.next { call(flight, next) }
        if let keep = settlement.keep { work.append(.keep(keep)) }
    }

    // MARK: The writer

    /// One write at a time; each call of this is its next stage.
    private mutating func write() {
        guard isWriting else {
            isWriting = true
            return machine.beginWrite(tags)
        }
        effective += 1
        if level != .none {
            machine.wrote(tags)
            generation = UInt64.random(in: .min ... .max, using: &generator)
        }
        machine.endWrite(tags, doubt: nil, now: now)
        ended = effective
        isWriting = false
    }
}
