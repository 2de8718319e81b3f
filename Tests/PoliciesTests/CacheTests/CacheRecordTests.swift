import Testing

@testable import Policies

@Suite("Records of a second level")
struct CacheRecordTests {
    @Test("reads what it wrote, answers and references alike")
    func roundTrip() {
        let inline = CacheRecord(created: -5, stamp: [1, .max, 0], content: .inline(Array("{}".utf8)))
        #expect(CacheRecord(inline.bytes) == inline)
        let object = CacheRecord(created: .max, stamp: [], object: [1, 2, 3])
        #expect(CacheRecord(object.bytes) == object)
        #expect(object.refers(to: [1, 2, 3]))
        #expect(
            !object.refers(to: [1, 2, 4]) && !object.refers(to: []) && !inline.refers(to: Array("{}".utf8))
        )
    }

    @Test("takes nothing that is cut short, or of another version")
    func broken() {
        let bytes = CacheRecord(created: 1, stamp: [1], object: [1]).bytes
        for count in 0..<bytes.count { #expect(CacheRecord(Array(bytes.prefix(count))) == nil) }
        #expect(CacheRecord([2] + bytes.dropFirst()) == nil)
        #expect(CacheRecord(bytes + [0]) == nil)
    }
}
