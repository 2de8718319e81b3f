/// A roost_http_request, field by field, without its body.
package struct HTTPSendFrame: Sendable, Equatable {
    package var flags: UInt32
    package var method: String
    package var url: String
    /// Names and values by turns.
    package var fields: [String]
    /// Bytes of body that follow; nil: a body that is written while it is sent.
    package var bodyLength: UInt64?
    package var timeout: UInt64
    package var maximumBody: UInt64

    package init(
        flags: UInt32,
        method: String,
        url: String,
        fields: [String],
        bodyLength: UInt64?,
        timeout: UInt64,
        maximumBody: UInt64
    ) {
        self.flags = flags
        self.method = method
        self.url = url
        self.fields = fields
        self.bodyLength = bodyLength
        self.timeout = timeout
        self.maximumBody = maximumBody
    }

    init(from reader: inout FieldReader) throws(FrameError) {
        flags = try reader.integer()
        method = try reader.text()
        url = try reader.text()
        fields = try reader.texts()
        let length: UInt64 = try reader.integer()
        bodyLength = length == .max ? nil : length
        timeout = try reader.integer()
        maximumBody = try reader.integer()
    }

    func encode(into writer: inout FieldWriter) {
        writer.integer(flags)
        writer.text(method)
        writer.text(url)
        writer.texts(fields)
        writer.integer(bodyLength ?? .max)
        writer.integer(timeout)
        writer.integer(maximumBody)
    }
}

/// A roost_http_answer, field by field, without its body.
package struct HTTPHeadFrame: Sendable, Equatable {
    package var status: UInt32
    package var url: String
    /// Names and values by turns.
    package var fields: [String]

    package init(status: UInt32, url: String, fields: [String]) {
        self.status = status
        self.url = url
        self.fields = fields
    }

    init(from reader: inout FieldReader) throws(FrameError) {
        status = try reader.integer()
        url = try reader.text()
        fields = try reader.texts()
    }

    func encode(into writer: inout FieldWriter) {
        writer.integer(status)
        writer.text(url)
        writer.texts(fields)
    }
}

extension FieldWriter {
    fileprivate mutating func texts(_ texts: [String]) {
        integer(UInt32(texts.count))
        for text in texts { self.text(text) }
    }
}

extension FieldReader {
    fileprivate mutating func texts() throws(FrameError) -> [String] {
        let count: UInt32 = try integer()
        var texts: [String] = []
        // Each takes room in the frame, so a lie about their number ends soon.
        for _ in 0..<count { texts.append(try text()) }
        return texts
    }
}
