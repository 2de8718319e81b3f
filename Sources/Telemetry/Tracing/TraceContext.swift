/// Where a request stands in a trace: W3C Trace Context, level 1.
package struct TraceContext: Sendable, Hashable {
    /// 16 bytes, never all zero.
    package struct TraceID: Sendable, Hashable {
        package var high: UInt64
        package var low: UInt64

        package init(high: UInt64, low: UInt64) {
            self.high = high
            self.low = low
        }
    }

    package var traceID: TraceID
    /// The span that is the parent of whatever is done with this context; never zero.
    package var spanID: UInt64
    /// True when whoever is above keeps its spans.
    package var isSampled: Bool
    /// tracestate as it came, to be passed on as it is; nil: none, or not usable.
    package var state: String?

    package init(traceID: TraceID, spanID: UInt64, isSampled: Bool, state: String? = nil) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
    }

    /// Reads a traceparent and what may stand beside it.
    ///
    /// Nil when the text is no traceparent: a trace then begins here (section 3.2.2.3 and 4.3 of the recommendation). A
    /// version above 00 is read as far as 00 knows it.
    package init?(traceparent: String, tracestate: String? = nil) {
        let text = Array(traceparent.utf8)
        guard text.count >= 55, [2, 35, 52].allSatisfy({ text[$0] == UInt8(ascii: "-") }),
            let version = Self.number(text[0..<2]), version != 0xFF,
            version == 0 ? text.count == 55 : text.count == 55 || text[55] == UInt8(ascii: "-"),
            let high = Self.number(text[3..<19]), let low = Self.number(text[19..<35]),
            let span = Self.number(text[36..<52]), let flags = Self.number(text[53..<55]),
            high | low != 0, span != 0
        else { return nil }
        self.init(
            traceID: TraceID(high: high, low: low),
            spanID: span,
            isSampled: flags & 1 == 1,
            state: tracestate.flatMap { Self.isUsable($0) ? $0 : nil }
        )
    }

    /// As a header says it, in version 00.
    package var traceparent: String { "00-\(traceID)-\(SpanID(spanID))-\(isSampled ? "01" : "00")" }

    /// Lower-case hexadecimal digits only, as the recommendation has it.
    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: number = number << 4 | UInt64(digit - 0x30)
            case 0x61...0x66: number = number << 4 | UInt64(digit - 0x61 + 10)
            default: return nil
            }
        }
        return number
    }

    /// Longer lists may be thrown away (section 3.3.1.5), and one with control characters must not travel on in a header.
    private static func isUsable(_ state: String) -> Bool {
        !state.isEmpty && state.utf8.count <= 512
            && state.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 }
    }
}

extension TraceContext.TraceID: CustomStringConvertible {
    /// 32 hexadecimal digits.
    package var description: String { "\(SpanID(high))\(SpanID(low))" }
}
