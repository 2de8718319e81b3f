import CellProtocol
import OutboundHTTP
import Synchronization

/// The plugin's end of its requests in a cell: frames to the host, and the host's frames to who waits for them.
///
/// A body that was given whole goes in pieces, as far as there is room, so that it holds up nobody else's frames.
final class CellHTTP: HTTPSide {
    private struct Entry {
        let answers: any HTTPAnswers
        var rest: ArraySlice<UInt8>
        var window = HTTPWindow()
        var isSending = false
    }

    private let plugin: UInt32
    private let link: CellLink
    private let entries = Mutex<[UInt64: Entry]>([:])

    init(plugin: UInt32, link: CellLink) {
        self.plugin = plugin
        self.link = link
    }

    // MARK: What the plugin asks

    func begin(_ number: UInt64, _ ask: HTTPAsk, _ answers: any HTTPAnswers) {
        entries.withLock { $0[number] = Entry(answers: answers, rest: ask.body[...]) }
        link.send(.httpSend(plugin: plugin, request: number, HTTPSendFrame(ask)))
        sendBody(number)
    }

    func write(_ number: UInt64, _ bytes: [UInt8], isLast: Bool) {
        var rest = bytes[...]
        repeat {
            let piece = rest.prefix(HTTPWindow.piece)
            rest = rest.dropFirst(piece.count)
            link.send(
                .httpWrite(
                    plugin: plugin,
                    request: number,
                    bytes: Array(piece),
                    isLast: isLast && rest.isEmpty
                )
            )
        } while !rest.isEmpty
    }

    func consumed(_ number: UInt64, _ count: Int) {
        link.send(.httpConsumed(plugin: plugin, request: number, count: UInt64(count)))
    }

    func cancel(_ number: UInt64) { link.send(.httpCancel(plugin: plugin, request: number)) }

    /// The host ends what is open when the plugin goes; here nobody waits any more.
    func close() { entries.withLock { $0 = [:] } }

    /// Sends what there is room for; one thread at a time for a request.
    private func sendBody(_ number: UInt64) {
        while true {
            let next = entries.withLock { entries -> (bytes: [UInt8], isLast: Bool)? in
                guard let entry = entries[number], !entry.isSending, !entry.rest.isEmpty, entry.window.isOpen
                else {
                    return nil
                }
                let piece = entry.rest.prefix(HTTPWindow.piece)
                entries[number]?.rest = entry.rest.dropFirst(piece.count)
                entries[number]?.window.sent(piece.count)
                entries[number]?.isSending = true
                return (Array(piece), piece.count == entry.rest.count)
            }
            guard let next else { return }
            link.send(.httpWrite(plugin: plugin, request: number, bytes: next.bytes, isLast: next.isLast))
            entries.withLock { $0[number]?.isSending = false }
        }
    }

    // MARK: What the host answers, on the reader's thread

    func head(_ number: UInt64, _ frame: HTTPHeadFrame) {
        var answer = OutboundResponse(status: Int(frame.status), headers: HTTPField.pairs(frame.fields))
        answer.url = frame.url
        answers(number)?.head(number, answer)
    }

    func body(_ number: UInt64, _ bytes: [UInt8]) { answers(number)?.body(number, bytes) }

    func room(_ number: UInt64, _ count: Int) {
        let isOwnBody = entries.withLock { entries -> Bool in
            guard let entry = entries[number], !entry.rest.isEmpty else { return false }
            _ = entries[number]?.window.consumed(count)
            return true
        }
        if isOwnBody { sendBody(number) } else { answers(number)?.room(number, count) }
    }

    func done(_ number: UInt64, cause: Int32, message: String) {
        let answers = entries.withLock { $0.removeValue(forKey: number)?.answers }
        answers?.done(number, OutboundFailure.Cause(code: cause).map { OutboundFailure($0, message) })
    }

    private func answers(_ number: UInt64) -> (any HTTPAnswers)? { entries.withLock { $0[number]?.answers } }
}
