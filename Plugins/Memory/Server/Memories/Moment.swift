import FoundationEssentials

/// Moments as the database keeps them: milliseconds of the Unix epoch.
enum Moment {
    @Sendable static func now() -> Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded()) }

    /// As ISO 8601 in UTC, with milliseconds.
    static func text(_ moment: Int64) -> String {
        let date = Date(timeIntervalSince1970: Double(moment) / 1000)
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Reads ISO 8601, with or without fractions of a second; a date alone means its first moment in UTC.
    static func parse(_ text: String) -> Int64? {
        let styles = [
            Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle(),
            Date.ISO8601FormatStyle().year().month().day(),
        ]
        for style in styles {
            if let date = try? style.parse(text) {
                return Int64((date.timeIntervalSince1970 * 1000).rounded())
            }
        }
        return nil
    }
}
