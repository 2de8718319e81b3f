package import RoostJSON
package import Telemetry

extension TraceContext {
    /// Reads what a request says in its `_meta`; nil when it says nothing, or nothing that can be read.
    ///
    /// MCP keeps the names of the headers there (2026-07-28, "_meta", trace context).
    package init?(meta: JSONView?) {
        guard let parent = meta?["traceparent"]?.string else { return nil }
        self.init(traceparent: parent, tracestate: meta?["tracestate"]?.string)
    }

    /// A `_meta` object with this context in the place of the one it may have.
    func written(into meta: JSONView?) -> [UInt8] {
        var writer = JSONWriter(capacity: 128 + (meta?.bytes.count ?? 0))
        writer.object { object in
            for (key, value) in meta?.members ?? [] where key != "traceparent" && key != "tracestate" {
                object.member(key, raw: value.bytes)
            }
            object.member("traceparent", string: traceparent)
            if let state { object.member("tracestate", string: state) }
        }
        return writer.bytes
    }
}
