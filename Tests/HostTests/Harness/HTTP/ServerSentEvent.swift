/// One event of a stream, or one comment.
struct ServerSentEvent: Sendable, Equatable {
    /// The event id given by this event; nil when it gave none.
    var id: String?
    /// The event type; message when the stream names none.
    var type = "message"
    /// The data lines joined by newlines; nil when the event carried no data field at all.
    var data: String?
    /// The reconnection time in milliseconds that this event set.
    var retry: Int?
    /// The text of a comment line; nil for an event.
    var comment: String?
}
