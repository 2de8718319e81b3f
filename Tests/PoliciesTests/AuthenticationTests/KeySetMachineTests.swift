import RoostJSON
import Testing

@testable import Policies

/// Reads like the rules it is about: the time is a number of seconds that each step names.
@Suite("When an issuer's keys are fetched")
struct KeySetMachineTests {
    private let start = ContinuousClock.now
    private let set: KeySet

    init() throws {
        let signer = try #require(TokenSigner(random: .edDSA))
        set = KeySet([try #require(try Self.key(signer, "old"))])
    }

    private static func key(_ signer: TokenSigner, _ id: String) throws -> VerificationKey? {
        guard let jwk = signer.publicKey(id: id) else { return nil }
        return try KeySet(parsing: JSONValue.object(["keys": [jwk]]).bytes).key(named: id, .edDSA)
    }

    /// An answer as a word.
    private func ask(_ machine: inout KeySetMachine, _ id: String?, at second: Double) -> String {
        word(machine.find(id, .edDSA, at: start + .seconds(second)))
    }

    private func word(_ answer: KeySetMachine.Answer) -> String {
        switch answer {
        case .key(_, let fetches): fetches ? "key, fetch" : "key"
        case .waits(let fetches): fetches ? "fetch, wait" : "wait"
        case .unknown: "unknown"
        case .unavailable(let retryAfter): "unavailable for \(retryAfter.components.seconds)"
        }
    }

    @Test("the first who asks fetches, the others wait for the same")
    func first() {
        var machine = KeySetMachine()
        #expect(ask(&machine, "old", at: 0) == "fetch, wait")
        #expect(ask(&machine, "old", at: 0.1) == "wait")
        #expect(ask(&machine, "invented", at: 0.1) == "wait")
        machine.fetched(set, at: start + .seconds(1))
        #expect(ask(&machine, "old", at: 1) == "key")
        #expect(word(machine.settle("invented", .edDSA, at: start + .seconds(1))) == "unknown")
    }

    @Test("a storm of invented names costs one fetch each ten seconds")
    func storm() {
        var machine = KeySetMachine()
        _ = ask(&machine, "old", at: 0)
        machine.fetched(set, at: start)
        var fetches = 0
        for number in 0..<10_000 {
            let second = Double(number) / 100
            switch ask(&machine, "invented \(number)", at: second) {
            case "fetch, wait":
                fetches += 1
                machine.fetched(set, at: start + .seconds(second))
            case "unknown": break
            case let other: Issue.record("\(other)")
            }
            #expect(ask(&machine, "old", at: second) == "key")
        }
        #expect(fetches == 9)
    }

    @Test("a new key is found at once when nobody asked lately")
    func rotation() throws {
        var machine = KeySetMachine()
        _ = ask(&machine, "old", at: 0)
        machine.fetched(set, at: start)
        let before = machine.generation
        #expect(ask(&machine, "new", at: 11) == "fetch, wait")
        let signer = try #require(TokenSigner(random: .edDSA))
        machine.fetched(KeySet([try #require(try Self.key(signer, "new"))]), at: start + .seconds(12))
        #expect(ask(&machine, "new", at: 12) == "key")
        #expect(ask(&machine, "old", at: 12) == "unknown")
        #expect(machine.generation == before + 1)
    }

    @Test("an old set is fetched anew while it goes on being used")
    func refresh() {
        var machine = KeySetMachine()
        _ = ask(&machine, "old", at: 0)
        machine.fetched(set, at: start)
        #expect(ask(&machine, "old", at: 599) == "key")
        #expect(ask(&machine, "old", at: 600) == "key, fetch")
        #expect(ask(&machine, "old", at: 600) == "key")
        machine.fetched(set, at: start + .seconds(601))
        #expect(ask(&machine, "old", at: 700) == "key")
    }

    @Test("an issuer that is out of order locks nobody out, and is asked ever less")
    func outage() {
        var machine = KeySetMachine()
        _ = ask(&machine, "old", at: 0)
        machine.fetched(set, at: start)
        var fetches: [Double] = []
        for second in stride(from: 600.0, to: 900, by: 0.5)
        where ask(&machine, "old", at: second) == "key, fetch" {
            fetches.append(second)
            machine.failed(at: start + .seconds(second))
        }
        #expect(fetches == [600, 601, 603, 607, 615, 631, 663, 723, 783, 843])
    }

    @Test("while there never was a set, callers are told when to come again")
    func cold() {
        var machine = KeySetMachine()
        #expect(ask(&machine, "old", at: 0) == "fetch, wait")
        machine.failed(at: start)
        #expect(ask(&machine, "old", at: 0.5) == "unavailable for 1")
        #expect(ask(&machine, "old", at: 1) == "fetch, wait")
        machine.failed(at: start + .seconds(1))
        machine.failed(at: start + .seconds(1))
        #expect(ask(&machine, "old", at: 1) == "unavailable for 4")
    }
}
