/// How long something is good, as a person writes it.
struct Lifetime {
    let seconds: Int64

    /// Reads `90s`, `30m`, `12h` or `90d`, up to a hundred years; nil for anything else.
    init?(_ text: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
            (1...(36_525 * 86_400 / unit)).contains(number)
        else { return nil }
        seconds = number * unit
    }
}
