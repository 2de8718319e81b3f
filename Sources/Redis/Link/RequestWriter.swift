import NIOCore

/// Writes commands in Redis's protocol: an array of strings of known length.
enum RequestWriter {
    static func write(_ command: [RedisArgument], into buffer: inout ByteBuffer) {
        head("*", command.count, &buffer)
        for argument in command {
            switch argument {
            case .text(let text):
                head("$", text.utf8.count, &buffer)
                buffer.writeString(text)
            case .integer(let number):
                let text = String(number)
                head("$", text.utf8.count, &buffer)
                buffer.writeString(text)
            case .bytes(let bytes):
                head("$", bytes.count, &buffer)
                buffer.writeBytes(bytes)
            }
            buffer.writeStaticString("\r\n")
        }
    }

    private static func head(_ kind: StaticString, _ count: Int, _ buffer: inout ByteBuffer) {
        buffer.writeStaticString(kind)
        buffer.writeString(String(count))
        buffer.writeStaticString("\r\n")
    }
}
