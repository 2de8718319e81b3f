/// Names of metrics and labels as Prometheus allows them.
enum MetricName {
    /// The name of the family: without `_total`, which belongs to a counter's samples, and with the unit of a timer.
    static func family(_ label: String, _ kind: MetricKind, isTimer: Bool = false) -> String {
        var name = cleaned(label, alsoAllowed: UInt8(ascii: ":"))
        if kind == .counter, name.hasSuffix("_total") { name.removeLast("_total".count) }
        if isTimer, !name.hasSuffix("_seconds") { name += "_seconds" }
        return name
    }

    static func label(_ name: String) -> String { cleaned(name, alsoAllowed: nil) }

    /// The unit that a family's name ends with; nil when it has none.
    static func unit(of family: String) -> String? {
        ["seconds", "bytes", "ratio"].first { family.hasSuffix("_" + $0) }
    }

    private static func cleaned(_ name: String, alsoAllowed extra: UInt8?) -> String {
        var bytes = name.utf8.map { byte -> UInt8 in
            let isAllowed =
                (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == extra
            return isAllowed ? byte : UInt8(ascii: "_")
        }
        if bytes.first.map({ (0x30...0x39).contains($0) }) ?? true { bytes.insert(UInt8(ascii: "_"), at: 0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
