package import RoostJSON

/// What an administrative action answers with, when it went well.
package struct AdminAnswer: Sendable {
    package var contentType: String
    package var body: [UInt8]

    package init(contentType: String, body: [UInt8]) {
        self.contentType = contentType
        self.body = body
    }

    package static func json(_ value: JSONValue) -> AdminAnswer {
        AdminAnswer(contentType: "application/json", body: value.bytes)
    }
}
