/// The name of a row in a graph: whose it is, and which of its rows.
enum RowLabel {
    static func make(_ owner: Int64, _ place: UInt8) -> UInt64 {
        UInt64(bitPattern: owner) << 8 | UInt64(place)
    }

    static func owner(_ label: UInt64) -> Int64 { Int64(bitPattern: label >> 8) }
}
