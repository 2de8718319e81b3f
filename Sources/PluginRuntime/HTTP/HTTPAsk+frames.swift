import CellProtocol
import OutboundHTTP

extension HTTPSendFrame {
    init(_ ask: HTTPAsk) {
        self.init(
            flags: ask.flags.rawValue,
            method: ask.method,
            url: ask.url,
            fields: ask.headers.flatMap { [$0.name, $0.value] },
            bodyLength: ask.flags.contains(.streamRequest) ? nil : UInt64(ask.body.count),
            timeout: UInt64(clamping: ask.timeout.nanoseconds),
            maximumBody: ask.maximumBody.map { UInt64(clamping: $0) } ?? .max
        )
    }
}

extension HTTPAsk {
    /// The request of a frame; its body follows.
    init(_ frame: HTTPSendFrame) {
        self.init(url: frame.url)
        flags = Flags(rawValue: frame.flags)
        method = frame.method
        headers = HTTPField.pairs(frame.fields).map { HTTPField(name: $0.name, value: $0.value) }
        timeout = .nanoseconds(Int64(clamping: frame.timeout))
        maximumBody = frame.maximumBody == .max ? nil : Int(clamping: frame.maximumBody)
    }
}

extension HTTPField {
    /// Names and values by turns, as pairs.
    static func pairs(_ texts: [String]) -> HeaderFields {
        stride(from: 0, to: texts.count - 1, by: 2).map { (texts[$0], texts[$0 + 1]) }
    }
}

extension OutboundFailure.Cause {
    /// The roost_http_cause.
    var code: Int32 {
        switch self {
        case .refused: 1
        case .resolve: 2
        case .connect: 3
        case .tls: 4
        case .timeout: 5
        case .cancelled: 6
        case .tooLarge: 7
        case .broken: 8
        }
    }

    /// The cause of a code; nil for ROOST_HTTP_ANSWERED.
    init?(code: Int32) {
        if code == 0 { return nil }
        self = Self.allCases.first { $0.code == code } ?? .broken
    }
}
