import RoostJSON

/// What is posted about a job: its result, its progress, or a part of its stream.
package enum ResultBody {
    /// The result of a job that ended well, as RunPod's own workers send it.
    ///
    /// Of an output that is an object, a text under `error` makes the job FAILED, and `refresh_worker: true` asks the platform
    /// for a fresh worker; both are taken out. An `error` that is no text stays where it is: the platform would lose the
    /// output.
    static func completed(_ output: [UInt8]) -> (bytes: [UInt8], refreshesWorker: Bool) {
        guard let root = try? JSONDocument(parsing: output, depth: 512).root else {
            return (failed(FailureReport.unreadable(output)), false)
        }
        let error = root["error"]?.string
        let refreshes = root["refresh_worker"]?.bool == true
        guard error != nil || root["refresh_worker"]?.bool != nil else { return (wrapped(output), false) }
        let rest = root.members.filter { $0.key != "refresh_worker" && !($0.key == "error" && error != nil) }
        var writer = JSONWriter(capacity: output.count + 32)
        writer.object { writer in
            if !rest.isEmpty {
                writer.key("output")
                writer.object { writer in
                    for (key, value) in rest { writer.member(key, raw: value.bytes) }
                }
            }
            if let error { writer.member("error", string: error) }
            if refreshes { writer.member("stopPod", .bool(true)) }
        }
        return (writer.bytes, refreshes)
    }

    /// The result of a job that failed, with a text.
    static func failed(_ text: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { $0.member("error", string: text) }
        return writer.bytes
    }

    static func progress(_ value: [UInt8]) -> [UInt8] {
        var writer = JSONWriter(capacity: value.count + 48)
        writer.object { writer in
            writer.member("status", string: "IN_PROGRESS")
            writer.member("output", raw: value)
        }
        return writer.bytes
    }

    /// An output that is to be taken as it is.
    static func wrapped(_ output: [UInt8]) -> [UInt8] {
        var writer = JSONWriter(capacity: output.count + 16)
        writer.object { $0.member("output", raw: output) }
        return writer.bytes
    }

    /// What stands in the place of an output that was kept elsewhere.
    package static func reference(_ kept: KeptAnswer, limit: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("roost_reference")
            writer.object { writer in
                writer.member("uri", string: kept.uri)
                writer.member("bytes", .integer(Int64(kept.bytes)))
                writer.member("media_type", string: kept.mediaType)
                writer.member(
                    "reason",
                    string: "it has \(kept.bytes) bytes, and the queue takes \(limit)"
                )
            }
        }
        return writer.bytes
    }
}
