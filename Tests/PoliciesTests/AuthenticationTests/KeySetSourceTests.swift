import Gateway
import OutboundHTTP
import RoostJSON
import Synchronization
import Testing

@testable import Policies

/// An HTTP client whose answers a test gives when it likes.
private final class Scripted: OutboundClient {
    struct Asked: Sendable {
        var url: String
        var answer: @Sendable (Result<OutboundResponse, OutboundFailure>) -> Void
    }

    private struct NoTransfer: OutboundTransfer { func cancel() {} }

    private let open = Mutex<[Asked]>([])
    private let counted = Mutex(0)

    var count: Int { counted.withLock { $0 } }

    func send(
        _ request: OutboundRequest,
        _ answer: @escaping @Sendable (Result<OutboundResponse, OutboundFailure>) -> Void
    ) -> any OutboundTransfer {
        counted.withLock { $0 += 1 }
        open.withLock { $0.append(Asked(url: request.url, answer: answer)) }
        return NoTransfer()
    }

    func answer(_ result: Result<OutboundResponse, OutboundFailure>) {
        let asked = open.withLock { open in
            defer { open = [] }
            return open
        }
        for one in asked { one.answer(result) }
    }
}

@Suite("The keys behind an address")
struct KeySetSourceTests {
    private let time = Clock()
    private let client = Scripted()
    private let signer = TokenSigner(random: .es256)

    /// A clock moved by hand.
    private final class Clock: Sendable {
        private let instant = Mutex(ContinuousClock.now)
        var now: ContinuousClock.Instant { instant.withLock { $0 } }
        func advance(_ duration: Duration) { instant.withLock { $0 += duration } }
    }

    private func source() -> KeySetSource {
        .address("https://issuer.test/jwks", client, logger: TokenWorkshop.logger) { [time] in time.now }
    }

    private func set(_ ids: String...) throws -> OutboundResponse {
        let keys = try ids.map { try #require(signer?.publicKey(id: $0)) }
        return OutboundResponse(status: 200, body: JSONValue.object(["keys": .array(keys)]).bytes)
    }

    @Test("a thousand requests with unknown keys wait for one fetch, and each hears of it once")
    func storm() throws {
        let verifier = TokenWorkshop.verifier(source())
        let verdicts = Mutex<[String]>([])
        for number in 0..<1_000 {
            let token = try #require(
                signer?.token(TokenWorkshop.claims, keyID: number == 500 ? "k" : "x\(number)")
            )
            #expect(verifier.verify(token, at: .all) == nil)
            verifier.verify(token, at: .all) { decision in
                verdicts.withLock { $0.append(TokenWorkshop.verdict(decision) ?? "") }
            }
        }
        #expect(verdicts.withLock { $0.count } == 0 && client.count == 1)
        let late = try #require(signer?.token(TokenWorkshop.claims, keyID: "late"))
        verifier.verify(late, at: .all) { decision in
            verdicts.withLock { $0.append(TokenWorkshop.verdict(decision) ?? "") }
        }
        #expect(verdicts.withLock { $0.first }?.hasPrefix("unavailable") == true, "no room for more to wait")
        client.answer(.success(try set("k")))
        let all = verdicts.withLock { $0 }
        #expect(all.count == 1_001)
        #expect(all.filter { $0 == "jwt:https://issuer.test|alice" }.count == 1)
        #expect(all.filter { $0.contains("none of its issuer's") }.count == 999)
        #expect(client.count == 1)
    }

    @Test("a token that is worth nothing anyway has no key fetched for it")
    func worthless() throws {
        let verifier = TokenWorkshop.verifier(source())
        client.answer(.success(try set("k")))
        time.advance(.seconds(60))
        for changes in [["exp": 5], ["iss": "https://evil.test"]] as [JSONObject] {
            let token = try #require(signer?.token(TokenWorkshop.claims(changes), keyID: "unknown"))
            #expect(TokenWorkshop.verdict(verifier.verify(token, at: .all))?.hasPrefix("rejected") == true)
        }
        #expect(client.count == 1)
    }

    @Test(
        "an outage is survived with the keys from before; a key taken out is refused, remembered tokens included"
    )
    func outage() throws {
        let verifier = TokenWorkshop.verifier(source())
        let token = try #require(signer?.token(TokenWorkshop.claims, keyID: "k"))
        client.answer(.failure(OutboundFailure(.connect, "no connection")))
        let verdict = TokenWorkshop.verdict(verifier.verify(token, at: .all))
        #expect(verdict?.hasPrefix("unavailable") == true, "never had a key: the caller did nothing wrong")

        time.advance(.seconds(2))
        #expect(verifier.verify(token, at: .all) == nil)
        client.answer(.success(try set("k")))
        #expect(TokenWorkshop.verdict(verifier.verify(token, at: .all)) == "jwt:https://issuer.test|alice")

        time.advance(.seconds(700))
        for answer in [
            Result.failure(OutboundFailure(.timeout, "late")), .success(OutboundResponse(status: 500)),
            .success(OutboundResponse(status: 200, body: Array("{".utf8))),
            .success(OutboundResponse(status: 200, body: Array(#"{"keys":[]}"#.utf8))),
        ] as [Result<OutboundResponse, OutboundFailure>] {
            let other = try #require(signer?.token(TokenWorkshop.claims(["sub": "bob"]), keyID: "k"))
            #expect(TokenWorkshop.verdict(verifier.verify(other, at: .all)) == "jwt:https://issuer.test|bob")
            client.answer(answer)
            #expect(
                TokenWorkshop.verdict(verifier.verify(token, at: .all)) == "jwt:https://issuer.test|alice"
            )
            time.advance(.seconds(61))
        }
        // Looks for a key once more, and the set comes without the one that signed this token.
        let strange = try #require(signer?.token(TokenWorkshop.claims, keyID: "other"))
        #expect(verifier.verify(strange, at: .all) == nil)
        client.answer(.success(try set("next")))
        time.advance(.seconds(1))
        #expect(
            TokenWorkshop.verdict(verifier.verify(token, at: .all))?.contains("none of its issuer's") == true
        )
    }
}
