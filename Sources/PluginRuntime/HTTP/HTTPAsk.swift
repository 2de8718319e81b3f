import OutboundHTTP

/// A roost_http_request, field by field, and the call it is for.
struct HTTPAsk: Sendable, Equatable {
    /// The flags of ext/http.h.
    struct Flags: OptionSet, Sendable {
        var rawValue: UInt32
        static let streamAnswer = Flags(rawValue: 1 << 0)
        static let streamRequest = Flags(rawValue: 1 << 1)
        static let idempotent = Flags(rawValue: 1 << 2)
        static let once = Flags(rawValue: 1 << 3)
        static let noRedirect = Flags(rawValue: 1 << 4)
    }

    var flags: Flags = []
    var method = "GET"
    var url: String
    var headers: [HTTPField] = []
    var body: [UInt8] = []
    var timeout = Self.usualTimeout
    /// Bytes of a whole answer; nil: what the host allows.
    var maximumBody: Int?

    /// Where a request says none.
    static let usualTimeout = Duration.seconds(30)
}

/// One header field.
struct HTTPField: Sendable, Equatable {
    var name: String
    var value: String
}
