import Dispatch
import Glibc
import Transports

/// Lines in from standard input, lines out to a descriptor, each on a thread of its own so that neither waits for plugins.
final class StandardStreams: Sendable {
    private let output: Int32
    private let writing = DispatchQueue(label: "roost.stdio.write")
    private let reading = DispatchQueue(label: "roost.stdio.read")

    init(output: Int32) { self.output = output }

    /// Writes a message and its newline after those before it.
    func write(_ message: [UInt8]) {
        writing.async { [output] in
            var rest = (message + [UInt8(ascii: "\n")])[...]
            while !rest.isEmpty {
                let count = Glibc.write(output, Array(rest), rest.count)
                if count < 0, errno == EINTR { continue }
                // The client is gone; the end of its input will tell soon.
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Waits until everything is written.
    func flush() async {
        await withCheckedContinuation { continuation in
            writing.async { continuation.resume() }
        }
    }

    /// Hands on every line until the client closes its end.
    func read(maximum: Int, _ take: @escaping @Sendable (LineReader.Line) -> Void) async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            reading.async {
                var lines = LineReader(maximum: maximum)
                var buffer = [UInt8](repeating: 0, count: 1 << 16)
                while true {
                    let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { break }
                    for line in lines.read(buffer[..<count]) { take(line) }
                }
                continuation.resume()
            }
        }
    }
}
