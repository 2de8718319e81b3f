import MCP

/// Which of the two forms of an answer a client reads.
struct AcceptedMedia: Sendable, Hashable {
    private(set) var json: Bool
    private(set) var eventStream: Bool

    /// Reads the values of Accept.
    ///
    /// Preferences do not matter: the host chooses the form an answer needs.
    init(_ values: [String]) {
        json = values.isEmpty
        eventStream = values.isEmpty
        for value in values {
            // What nearly every MCP client sends, letter by letter.
            if value == "application/json, text/event-stream" {
                json = true
                eventStream = true
                continue
            }
            for range in value.split(separator: ",") {
                switch HeaderMirror.trimmed(String(range.prefix { $0 != ";" }).lowercased()) {
                case "application/json", "application/*": json = true
                case "text/event-stream", "text/*": eventStream = true
                case "*/*":
                    json = true
                    eventStream = true
                default: break
                }
            }
        }
    }
}
