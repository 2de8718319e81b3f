public import RoostKit

/// One line that a plugin logged.
public struct LogLine: Sendable, Equatable {
    /// How serious it is.
    public let level: LogLevel
    /// The part of the plugin that speaks; empty for the plugin as a whole.
    public let logger: String
    /// What was said: a string for plain text, or any JSON.
    public let data: JSONValue
    /// The call that said it; 0 outside of any call.
    let call: UInt64

    /// The plain text, or the JSON as text.
    public var text: String { data.string ?? data.text }
}
