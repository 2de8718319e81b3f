extension Duration {
    /// The duration for people: `250 ms`, `1.5 s`, `2 min`, rounded up so that who waits that long has waited enough.
    var text: String {
        let (seconds, attoseconds) = components
        let milliseconds = seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        if milliseconds < 1_000 { return "\(max(1, milliseconds)) ms" }
        if milliseconds % 60_000 == 0 { return "\(milliseconds / 60_000) min" }
        let tenths = (milliseconds + 99) / 100
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
