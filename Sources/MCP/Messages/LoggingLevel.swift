/// The levels of `notifications/message`, least severe first (RFC 5424 names).
package enum LoggingLevel {
    package static let names = [
        "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency",
    ]
}
