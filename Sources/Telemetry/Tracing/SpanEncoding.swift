import RoostJSON

/// Spans as an ExportTraceServiceRequest of OTLP 1.x in its JSON encoding.
///
/// There ids are hexadecimal, 64-bit numbers are strings and enumerations numbers (OTLP specification, "JSON Protobuf Encoding").
struct SpanEncoding: Sendable {
    /// What the host says of itself.
    let resource: [(String, Span.Attribute)]
    let version: String

    func bytes(_ spans: [Span]) -> [UInt8] {
        var writer = JSONWriter(capacity: 512 * spans.count + 512)
        writer.object { request in
            request.key("resourceSpans")
            request.array { list in
                list.object { element in
                    element.key("resource")
                    element.object { attributes(resource, in: &$0) }
                    element.key("scopeSpans")
                    element.array { list in
                        list.object { scope in
                            scope.key("scope")
                            scope.object { name in
                                name.member("name", string: "roost")
                                name.member("version", string: version)
                            }
                            scope.key("spans")
                            scope.array { list in
                                for span in spans { list.object { write(span, in: &$0) } }
                            }
                        }
                    }
                }
            }
        }
        return writer.bytes
    }

    private func write(_ span: Span, in object: inout JSONWriter) {
        object.member("traceId", string: "\(span.context.traceID)")
        object.member("spanId", string: "\(SpanID(span.context.spanID))")
        if let state = span.context.state { object.member("traceState", string: state) }
        if let parent = span.parent { object.member("parentSpanId", string: "\(SpanID(parent))") }
        object.member("flags", .integer(span.context.isSampled ? 1 : 0))
        object.member("name", string: span.name)
        object.member("kind", .integer(span.kind.rawValue))
        object.member("startTimeUnixNano", string: "\(span.start)")
        object.member("endTimeUnixNano", string: "\(span.end)")
        attributes(span.attributes, in: &object)
        guard let failure = span.failure else { return }
        object.key("status")
        object.object { status in
            // STATUS_CODE_ERROR
            status.member("code", .integer(2))
            status.member("message", string: failure)
        }
    }

    private func attributes(_ list: [(String, Span.Attribute)], in object: inout JSONWriter) {
        object.key("attributes")
        object.array { array in
            for (key, value) in list {
                array.object { attribute in
                    attribute.member("key", string: key)
                    attribute.key("value")
                    attribute.object { object in
                        switch value {
                        case .text(let text): object.member("stringValue", string: text)
                        case .integer(let number): object.member("intValue", string: "\(number)")
                        case .flag(let flag): object.member("boolValue", .bool(flag))
                        }
                    }
                }
            }
        }
    }
}
