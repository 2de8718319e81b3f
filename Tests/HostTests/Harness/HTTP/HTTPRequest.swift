/// One HTTP request, well formed unless a test breaks it.
struct HTTPRequest: Sendable, CustomStringConvertible {
    var method: String
    var target: String
    var fields: HTTPFields = [:]
    var body: [UInt8] = []

    /// The bytes on the wire, with Host and Content-Length added where they are not given.
    func bytes(port: Int) -> [UInt8] {
        var fields = fields
        if fields["Host"] == nil { fields.append("Host", "127.0.0.1:\(port)") }
        if fields["Content-Length"] == nil, fields["Transfer-Encoding"] == nil,
            method == "POST" || !body.isEmpty
        {
            fields.append("Content-Length", "\(body.count)")
        }
        return Array("\(method) \(target) HTTP/1.1\r\n\(fields.text)\r\n".utf8) + body
    }

    var description: String {
        "\(method) \(target)\n\(fields.text)\n\(String(decoding: body.prefix(4000), as: UTF8.self))"
    }
}
