@testable import Policies

/// A cache machine whose values and callers are words, with a clock that is moved by hand.
final class TestMachine {
    typealias Machine = CacheMachine<String, String>

    var machine: Machine
    private let start = ContinuousClock.now
    private var passed = Duration.zero

    init(capacity: Int = 1 << 20, level: Machine.Level = .none) {
        var settings = Machine.Settings()
        settings.capacity = capacity
        settings.level = level
        machine = Machine(settings)
    }

    var now: ContinuousClock.Instant { start + passed }

    func advance(_ duration: Duration) { passed += duration }

    func ask(
        _ question: Int,
        _ caller: String,
        _ label: CacheLabel,
        within deadline: Duration = .seconds(30)
    ) -> Machine.Lookup {
        machine.lookup(Self.key(question), label, caller: caller, deadline: now + deadline, now: now)
    }

    /// Asks as the first, and gives the flight; nil when there was no need.
    func lead(_ question: Int, _ caller: String, _ label: CacheLabel) -> Machine.Flight.ID? {
        if case .lead(let flight, _, _, _) = ask(question, caller, label) { flight } else { nil }
    }

    @discardableResult
    func answer(_ flight: Machine.Flight.ID, _ value: String, _ label: CacheLabel) -> Machine.Settlement {
        machine.ended(
            flight,
            .value(value, bytes: value.utf8.count, timeToLive: label.terms.timeToLive),
            now: now
        )
    }

    func end(_ flight: Machine.Flight.ID, _ ending: Machine.Ending) -> Machine.Settlement {
        machine.ended(flight, ending, now: now)
    }

    func stamped(_ flight: Machine.Flight.ID, _ stamp: CacheStamp?) -> Machine.Step {
        machine.stamped(flight, stamp, now: now)
    }

    func read(_ flight: Machine.Flight.ID, _ reading: Machine.Reading) -> Machine.Step {
        machine.read(flight, reading, now: now)
    }

    func leave(_ waiter: Machine.Flight.WaiterID) -> String? { machine.leave(waiter) }

    func purge(_ filter: CacheFilter) -> Int { machine.purge(filter) }

    static func key(_ number: Int) -> CacheKey {
        CacheKey(bytes: [UInt8(number >> 8), UInt8(number & 0xFF)])
    }
}

extension CacheLabel {
    static func of(
        _ tool: String = "read",
        tags: [String] = [],
        ttl: Duration = .seconds(60),
        whileRevalidate: Duration = .zero,
        ifError: Duration = .zero
    ) -> CacheLabel {
        CacheLabel(
            plugin: "p",
            tool: tool,
            tags: tags,
            terms: CacheTerms(timeToLive: ttl, staleWhileRevalidate: whileRevalidate, staleIfError: ifError)
        )
    }
}

extension CacheMachine.Lookup where Value == String {
    /// The lookup in words.
    var words: String {
        switch self {
        case .hit(let value, _): "hit \(value)"
        case .stale(let value, let refresh): "stale \(value)\(refresh == nil ? "" : ", refresh")"
        case .wait: "wait"
        case .lead(_, _, let need, _): "lead: \(need)"
        }
    }
}

extension CacheMachine.Step where Value == String, Caller == String {
    /// The step in words.
    var words: String {
        switch self {
        case .rest: "rest"
        case .serve(let callers, let value, _, let refresh):
            "serve \(callers.joined(separator: " ")): \(value)\(refresh == nil ? "" : ", refresh")"
        case .read: "read"
        case .call(_, let caller): "call: \(caller ?? "in the background")"
        }
    }
}
