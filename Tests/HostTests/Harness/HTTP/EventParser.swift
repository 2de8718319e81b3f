/// Reads events from a stream's bytes, however they arrive.
struct EventParser {
    private var line: [UInt8] = []
    private var event = ServerSentEvent()
    private var isEmpty = true

    /// The events and comments that the new bytes complete.
    mutating func parse(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            take(String(decoding: line, as: UTF8.self), into: &events)
            line.removeAll(keepingCapacity: true)
        }
        return events
    }

    private mutating func take(_ text: String, into events: inout [ServerSentEvent]) {
        if text.isEmpty {
            if !isEmpty { events.append(event) }
            event = ServerSentEvent()
            isEmpty = true
            return
        }
        if text.hasPrefix(":") {
            events.append(ServerSentEvent(comment: String(text.dropFirst())))
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count < 2 ? "" : String(parts[1].hasPrefix(" ") ? parts[1].dropFirst() : parts[1])
        isEmpty = false
        switch parts[0] {
        case "id": event.id = value
        case "event": event.type = value
        case "data": event.data = event.data.map { $0 + "\n" + value } ?? value
        case "retry": event.retry = Int(value)
        default: break
        }
    }
}
