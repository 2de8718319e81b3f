package import RoostJSON

extension PluginAccount {
    /// The account for programs: times in ISO 8601, spans in seconds, sizes in bytes.
    package var json: JSONValue {
        var object: JSONObject = [
            "alias": .string(alias), "status": .string(state.rawValue), "since": .string("\(since)"),
            "name": .string(name), "version": .string(version), "image": .string(imageDigest),
            "generation": .integer(Int64(clamping: generation)), "process": .string(process),
            "calls": [
                "inFlight": .integer(Int64(callsInFlight)), "waiting": .integer(Int64(callsWaiting)),
                "abandoned": .integer(Int64(callsAbandoned)), "total": .integer(Int64(callsTotal)),
                "failed": .integer(Int64(callsFailed)),
            ],
            "queueWait": [
                "totalSeconds": .number(queueWait.total), "maxSeconds": .number(queueWait.longest),
                "p50Seconds": .number(queueWait.p50), "p99Seconds": .number(queueWait.p99),
            ],
            "restarts": .integer(Int64(restarts)), "deaths": .integer(Int64(deaths)),
            "reloads": .integer(Int64(reloads)),
        ]
        if let usage {
            object["usage"] = [
                "process": .integer(Int64(usage.process)), "cpuSeconds": .number(usage.cpuSeconds),
                "residentBytes": .integer(Int64(usage.residentBytes)), "threads": .integer(Int64(usage.threads)),
                "openFiles": usage.openFiles.map { .integer(Int64($0)) } ?? .null,
                "shared": .bool(usage.isShared),
            ]
        }
        if let lastCrash {
            object["lastCrash"] = [
                "time": .string("\(lastCrash.time)"), "reason": .string(lastCrash.reason),
                "report": lastCrash.report.map { .string($0) } ?? .null,
            ]
        }
        return .object(object)
    }
}
