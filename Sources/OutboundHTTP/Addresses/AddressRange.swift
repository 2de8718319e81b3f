/// Addresses with a common beginning, as CIDR writes them; one address alone is such a range too.
package struct AddressRange: Sendable, Hashable {
    package let address: IPAddress
    /// Bits that count.
    package let prefix: Int

    /// Reads 10.0.0.0/8, fd00::/8 or a single address.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let address = IPAddress(String(first)) else {
            return nil
        }
        self.address = address
        let longest = address.bytes.count * 8
        guard parts.count == 2 else {
            prefix = longest
            return
        }
        guard let prefix = Int(parts[1]), (0...longest).contains(prefix) else { return nil }
        self.prefix = prefix
    }

    package func contains(_ other: IPAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        let whole = prefix / 8
        guard other.bytes[..<whole] == address.bytes[..<whole] else { return false }
        let rest = prefix % 8
        return rest == 0 || (other.bytes[whole] ^ address.bytes[whole]) >> UInt8(8 - rest) == 0
    }
}
