import MCP
import Testing

@Suite("Base64, strictly")
struct Base64Tests {
    @Test("every length comes back", arguments: 0..<70)
    func roundTrip(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 5) }
        #expect(Base64.decodeURLSafe(Array(Base64.encodeURLSafe(bytes).utf8)) == bytes)
    }

    @Test(
        "text that another encoder would not have written is refused",
        arguments: ["A", "QQ", "QQ=", "QR==", "QUI", "QUJ=", "Q Q=", "QQ==QQ==", "Q!==", "====", "QQ-_"]
    )
    func standard(text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }

    @Test(
        "the URL-safe form has no padding and no second way to write a value",
        arguments: ["QQ==", "QR", "Q", "Q+/A"]
    )
    func urlSafe(text: String) {
        #expect(Base64.decodeURLSafe(Array(text.utf8)) == nil)
    }
}
