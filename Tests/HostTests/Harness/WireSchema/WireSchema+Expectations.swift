import RoostJSON
import Testing

extension WireSchema {
    /// Expects every message of an exchange to be what the revision's schema says of it.
    static func expectValid(
        _ reply: Reply,
        at revision: Revision,
        answering requests: [JSONValue],
        _ location: SourceLocation
    ) {
        if reply.head.contentType == "application/json" {
            let text = String(decoding: reply.body, as: UTF8.self)
            #expect((try? JSONValue(parsing: text)) != nil, "a JSON body. \(reply)", sourceLocation: location)
            #expect(!text.trimmed.contains("\n"), "a body on one line. \(reply)", sourceLocation: location)
        }
        for data in reply.events.compactMap(\.data) where !data.isEmpty {
            #expect(
                (try? JSONValue(parsing: data)) != nil,
                "JSON in events. \(reply)",
                sourceLocation: location
            )
        }
        expectValid(reply.messages, at: revision, answering: requests, shown: reply.exchange, location)
    }

    static func expectValid(
        _ messages: [JSONValue],
        at revision: Revision,
        answering requests: [JSONValue],
        shown exchange: Comment,
        _ location: SourceLocation
    ) {
        guard let schema = WireSchema.of(revision) else { return }
        for message in messages {
            do {
                let faults = try schema.faults(in: message, answering: requests)
                #expect(faults.isEmpty, exchange, sourceLocation: location)
            } catch {
                Issue.record("cannot validate \(message): \(error)", sourceLocation: location)
            }
        }
    }
}

extension String {
    /// The text without blanks and line ends around it.
    fileprivate var trimmed: Substring {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return text.drop { $0.isWhitespace }
    }
}
