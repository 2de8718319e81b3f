import Gateway
import Glibc
import Synchronization
import Testing

@testable import Policies

@Suite("Keys of this host")
struct APIKeyTests {
    @Test("are recognized by their form, and no two are alike")
    func form() throws {
        let keys = (0..<200).map { _ in APIKey.random() }
        #expect(Set(keys.map(\.text)).count == 200 && Set(keys.map(\.id)).count == 200)
        for key in keys {
            #expect(key.text.wholeMatch(of: /roost_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}/) != nil)
            #expect(APIKey(key.text) == key)
            #expect(key.text.contains(key.id) && !"\(key)".contains(key.text.suffix(20)))
            #expect(Credential(key.text).kind == .key)
        }
    }

    @Test("a slip anywhere in a key is noticed without a look at any record")
    func slips() {
        let text = Array(APIKey.random().text.utf8)
        for place in text.indices {
            var wrong = text
            wrong[place] = wrong[place] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
            #expect(APIKey(String(decoding: wrong, as: UTF8.self)) == nil, "place \(place)")
            wrong.remove(at: place)
            #expect(APIKey(String(decoding: wrong, as: UTF8.self)) == nil)
        }
        #expect(APIKey("") == nil && APIKey("roost_") == nil)
    }

    @Test("the checksum is that of zip")
    func checksum() {
        #expect(CRC32.sum(of: "123456789".utf8) == 0xCBF4_3926)
        #expect(Base62.text(of: [0, 61], length: 3) == "00z" && Base62.text(of: [1, 0], length: 3) == "048")
    }

    @Test("a hash fits its key and no other, and two hashes of a key differ")
    func hash() throws {
        let key = APIKey.random(), other = APIKey.random()
        let hash = APIKeyHash(of: key)
        #expect(hash.matches(key) && !hash.matches(other))
        #expect(try #require(APIKeyHash("\(hash)")) == hash)
        #expect("\(APIKeyHash(of: key))" != "\(hash)")
        #expect(!"\(hash)".contains(key.text.suffix(30)))
        for wrong in ["", "hmac-sha256::", "sha256:a:b", "\(hash)x", String("\(hash)".dropLast())] {
            #expect(APIKeyHash(wrong) == nil)
        }
    }

    @Test("how long a comparison takes does not tell how much of a key is right")
    func timing() {
        // Two kinds of wrong keys against one hash, in turns: right but for the last letter of the secret, and wrong from the
        // first one on. The fastest of many rounds is what the machine's noise leaves alone.
        let right = Array(APIKey.random().text.utf8)
        let hash = APIKeyHash(of: unchecked(right))
        var late = right, early = right
        late[57] ^= 1
        for place in 15..<58 { early[place] ^= 1 }
        let kinds = [unchecked(late), unchecked(early)]
        var fastest = [Duration](repeating: .seconds(1), count: 2)
        for _ in 0..<400 {
            for kind in [0, 1] {
                let clock = ContinuousClock()
                let time = clock.measure {
                    for _ in 0..<20 where hash.matches(kinds[kind]) { Issue.record("a wrong key fits") }
                }
                fastest[kind] = min(fastest[kind], time)
            }
        }
        let ratio = fastest[0] / fastest[1]
        #expect((0.8...1.25).contains(ratio), "late \(fastest[0]), early \(fastest[1]) for 20 comparisons")
    }

    /// A key with these letters, whatever its checksum.
    private func unchecked(_ letters: [UInt8]) -> APIKey {
        let body = String(decoding: letters.dropLast(6), as: UTF8.self)
        let sum = CRC32.sum(of: body.utf8)
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
        return APIKey(body + Base62.text(of: bytes[...], length: 6)) ?? .random()
    }
}

@Suite("The file of keys")
struct APIKeyFileTests {
    private static func folder() throws -> String {
        var template = Array("/tmp/roost-keys-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func record(_ key: APIKey, _ principal: String, expires: Int64? = nil) -> APIKeyRecord {
        APIKeyRecord(
            id: key.id,
            principal: principal,
            hash: APIKeyHash(of: key),
            scopes: ["*"],
            expires: expires
        )
    }

    @Test("keeps records for their owner only, and a reader never sees half a file")
    func write() throws {
        let file = APIKeyFile(folder: try Self.folder())
        #expect(try file.records() == [])
        let first = Self.record(.random(), "a", expires: 5), second = Self.record(.random(), "b")
        try file.change { $0 = [first, second] }
        #expect(try file.records() == [first, second])
        var status = stat()
        #expect(stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test("two that change it at once lose nothing")
    func together() async throws {
        let file = APIKeyFile(folder: try Self.folder())
        try await withThrowingTaskGroup { group in
            for number in 0..<24 {
                group.addTask { try file.change { $0.append(Self.record(.random(), "\(number)")) } }
            }
            try await group.waitForAll()
        }
        #expect(Set(try file.records().map(\.principal)).count == 24)
    }

    @Test(
        "what it cannot read it does not write over",
        arguments: ["", "{", "[]", #"{"keys":[{"id":"a"}]}"#]
    )
    func damaged(_ text: String) throws {
        let file = APIKeyFile(folder: try Self.folder())
        let descriptor = open(file.path, O_WRONLY | O_CREAT, 0o600)
        #expect(Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
        close(descriptor)
        #expect(throws: APIKeyFile.Fault.self) { try file.records() }
        #expect(throws: APIKeyFile.Fault.self) { try file.change { $0 = [] } }
        var status = stat()
        #expect(stat(file.path, &status) == 0 && Int(status.st_size) == text.utf8.count)
    }

    @Test("a ring takes over what the file says, and ends what it no longer says")
    func ring() throws {
        let time = Mutex<Int64>(100)
        let fixed = APIKey.random(), key = APIKey.random(), short = APIKey.random()
        let ring = APIKeyRing(fixed: [Self.record(fixed, "fixed")]) { time.withLock { $0 } }
        #expect(principal(ring.find(fixed.text)) == "key:fixed")
        #expect(principal(ring.find(key.text)) == nil)

        ring.replace(with: [Self.record(key, "ci"), Self.record(short, "ci", expires: 200)])
        guard case .accepted(let caller) = ring.find(key.text) else { return #expect(Bool(false)) }
        #expect(caller.principal == "key:ci" && caller.isStillWelcome())
        guard case .accepted(let brief) = ring.find(short.text) else { return #expect(Bool(false)) }
        time.withLock { $0 = 200 }
        guard case .expired = ring.find(short.text) else { return #expect(Bool(false)) }
        #expect(!brief.isStillWelcome() && caller.isStillWelcome())

        ring.replace(with: [])
        guard case .unknown = ring.find(key.text) else { return #expect(Bool(false)) }
        #expect(!caller.isStillWelcome())
        #expect(principal(ring.find(fixed.text)) == "key:fixed")
        guard case .malformed = ring.find("roost_x") else { return #expect(Bool(false)) }
        // The id of a key that is there, and another secret.
        let forged = APIKey.random().text
        let body = String(forged.prefix(6)) + fixed.id + String(forged.dropFirst(14).dropLast(6))
        let sum = CRC32.sum(of: body.utf8)
        let checksum = Base62.text(
            of: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }[...],
            length: 6
        )
        guard case .unknown = ring.find(body + checksum) else { return #expect(Bool(false)) }
    }

    private func principal(_ finding: APIKeyRing.Finding) -> String? {
        if case .accepted(let caller) = finding { caller.principal } else { nil }
    }
}
