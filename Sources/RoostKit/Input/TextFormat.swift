/// The formats of JSON Schema for texts.
///
/// The host checks those it knows; clients may offer a fitting editor.
public struct TextFormat: RawRepresentable, Sendable, Hashable {
    /// The name JSON Schema gives the format.
    public let rawValue: String

    /// Names any format, also one that is not listed here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// An address for mail.
    public static let email = TextFormat(rawValue: "email")
    /// An absolute URI.
    public static let uri = TextFormat(rawValue: "uri")
    /// A full date, 2026-11-22.
    public static let date = TextFormat(rawValue: "date")
    /// A date with time and offset, 2026-11-22T15:30:00Z.
    public static let dateTime = TextFormat(rawValue: "date-time")
    /// A universally unique identifier.
    public static let uuid = TextFormat(rawValue: "uuid")
}
