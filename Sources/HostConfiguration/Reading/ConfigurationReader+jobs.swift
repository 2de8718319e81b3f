import OutboundHTTP

/// The section `jobs`.
extension ConfigurationReader {
    mutating func readJobs(_ node: ConfigurationNode, into jobs: inout JobsConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.jobs)
        if let node = members["concurrency"] { jobs.concurrency = integer(node, in: 1...100_000) }
        if let node = members["queue"] { jobs.queue = integer(node, in: 1...10_000_000) ?? jobs.queue }
        if let node = members["retention"] { jobs.retention = duration(node) ?? jobs.retention }
        if let node = members["sync_retention"] { jobs.syncRetention = duration(node) ?? jobs.syncRetention }
        if let node = members["max_output"] {
            jobs.maximumOutput = bytes(node, atLeast: 1_024) ?? jobs.maximumOutput
        }
        if let node = members["webhooks"] {
            jobs.webhooks = elements(node).compactMap { element in
                value(element, expected: "a name, *, *.name, name:port, an address or a range") {
                    EgressEntry($0)
                }
            }
        }
    }
}
