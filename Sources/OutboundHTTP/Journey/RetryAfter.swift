/// What a Retry-After field asks for: RFC 9110 section 10.2.3.
package enum RetryAfter {
    /// Seconds to wait, from a number or a date; nil when it is neither.
    ///
    /// `wall` is the time in seconds since 1970.
    package static func seconds(_ value: String, wall: Int64) -> Int64? {
        if let seconds = Int64(value) { return seconds >= 0 ? min(seconds, 1 << 31) : nil }
        return CivilDate(http: value).map { max(0, $0.secondsSince1970 - wall) }
    }
}
