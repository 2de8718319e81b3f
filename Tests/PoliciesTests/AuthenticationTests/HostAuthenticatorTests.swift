import Gateway
import RoostJSON
import Synchronization
import Testing

@testable import Policies

@Suite("Who calls")
final class HostAuthenticatorTests: Sendable {
    private let key = APIKey.random()
    private let said = Mutex<[String]>([])

    private func authenticator(platform: Caller? = nil) -> HostAuthenticator {
        let record = APIKeyRecord(id: key.id, principal: "ci", hash: APIKeyHash(of: key), scopes: ["echo"])
        return HostAuthenticator(
            keys: APIKeyRing(fixed: [record]) { TokenWorkshop.now },
            tokens: TokenWorkshop.verifier(),
            platform: platform
        ) { [self] sentence in said.withLock { $0.append(sentence) } }
    }

    @Test("a key, a token, nothing, and something else")
    func kinds() {
        let closed = authenticator()
        let gateway = authenticator(platform: Caller(principal: "platform", grants: .everything))
        func verdicts(_ credential: Credential?) -> [String?] {
            [closed, gateway].map { TokenWorkshop.verdict($0.authenticate(credential, at: .all)) }
        }
        #expect(verdicts(Credential(key.text)) == ["key:ci", "key:ci"])
        #expect(verdicts(Credential(TokenWorkshop.token()))[1] == "jwt:https://issuer.test|alice")
        #expect(verdicts(nil) == ["missing", "platform"])
        #expect(verdicts(Credential(foreign: "Basic abc"))[0]?.hasPrefix("rejected") == true)
        #expect(verdicts(Credential("rpa_ABC"))[1] == "platform")
        // What is one of ours and wrong is refused, whoever stands in front.
        #expect(verdicts(Credential(APIKey.random().text)).allSatisfy { $0?.contains("unknown") == true })
        #expect(verdicts(Credential(TokenWorkshop.token(["exp": 1])))[1]?.contains("expired") == true)
    }

    @Test("refusals are told with their reason, never with the credential, and not without end")
    func told() {
        let authenticator = authenticator()
        let stranger = APIKey.random()
        for _ in 0..<1_000 { _ = authenticator.authenticate(Credential(stranger.text), at: .all) }
        let lines = said.withLock { $0 }
        #expect(lines.count == 10 && lines.allSatisfy { $0.contains("unknown or was revoked") })
        #expect(!lines.joined().contains(stranger.text) && !lines.joined().contains(stranger.text.suffix(20)))
    }

    @Test("a log gets so many lines in a while, and a count of the rest")
    func budget() {
        var budget = LogBudget(2, per: .seconds(10))
        let start = ContinuousClock.now
        #expect(budget.spend(at: start) == .write(omitted: 0))
        #expect(budget.spend(at: start) == .write(omitted: 0))
        #expect(budget.spend(at: start + .seconds(9)) == .omit)
        #expect(budget.spend(at: start + .seconds(9)) == .omit)
        #expect(budget.spend(at: start + .seconds(10)) == .write(omitted: 2))
        #expect(budget.spend(at: start + .seconds(10)) == .write(omitted: 0))
    }

    @Test("what was used lately is kept, what was not goes, and never more than there is room for")
    func recentlyUsed() {
        var memory = RecentlyUsed<Int, String>(maximum: 100)
        for number in 0..<10_000 {
            memory[number] = "\(number)"
            #expect(memory[7] == (number >= 7 ? "7" : nil))
            #expect(memory.count <= 101)
        }
        #expect(memory[9_999] == "9999" && memory[100] == nil)
        memory[7] = nil
        #expect(memory[7] == nil)
    }

    @Test("costs microseconds, not milliseconds")
    func cost() {
        let authenticator = authenticator()
        let credentials = [Credential(key.text), Credential(TokenWorkshop.token())]
        for credential in credentials {
            let time = ContinuousClock().measure {
                for _ in 0..<2_000 { _ = authenticator.authenticate(credential, at: .all) }
            }
            // A build for debugging on a busy machine; the figure for people stands in the log.
            print("authentication by \(credential.kind): \(time / 2_000) each")
            #expect(time / 2_000 < .milliseconds(1))
        }
    }
}
