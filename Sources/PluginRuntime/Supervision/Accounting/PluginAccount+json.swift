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
        object["confinement"] = confinement.json
        if let usage { object["usage"] = usage.json }
        if let lastCrash { object["lastCrash"] = lastCrash.json }
        return .object(object)
    }
}

extension ProcessUsage {
    package var json: JSONValue {
        [
            "process": .integer(Int64(process)), "cpuSeconds": .number(cpuSeconds),
            "residentBytes": .integer(Int64(residentBytes)), "threads": .integer(Int64(threads)),
            "openFiles": openFiles.map { .integer(Int64($0)) } ?? .null, "shared": .bool(isShared),
        ]
    }
}

extension PluginAccount.Crash {
    package var json: JSONValue {
        [
            "time": .string("\(time)"), "reason": .string(reason),
            "report": report.map { .string($0) } ?? .null,
        ]
    }
}
