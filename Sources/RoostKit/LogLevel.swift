/// How serious a log line is, in the words of MCP and RFC 5424.
public enum LogLevel: Int32, Sendable, CaseIterable, Comparable {
    case debug, info, notice, warning, error, critical, alert, emergency

    /// Orders levels from the least to the most serious.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
