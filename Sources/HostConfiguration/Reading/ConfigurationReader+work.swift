/// The sections `work` and `tasks`: what outlives its request.
extension ConfigurationReader {
    /// `hasRedis`: a URL of Redis is configured.
    mutating func readWork(_ node: ConfigurationNode, hasRedis: Bool, into work: inout WorkConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.work)
        if let node = members["store"] {
            work.store = choice(node, WorkConfiguration.Store.self) ?? work.store
            if work.store == .redis, !hasRedis {
                fault(
                    node,
                    expected: "redis with a url, because work is kept there",
                    found: "none",
                    hint: "set redis.url, or store: sqlite"
                )
            }
        }
        if let node = members["path"], let path = string(node, expected: "a file") {
            work.path = ConfigurationFile.absolute(path, in: folder)
        }
    }

    mutating func readTasks(_ node: ConfigurationNode, into tasks: inout TasksConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.tasks)
        if let node = members["enabled"] {
            tasks.isEnabled =
                value(node, expected: "true or false") { ["true": true, "false": false][$0] }
                ?? tasks.isEnabled
        }
        if let node = members["after"] { tasks.after = duration(node) ?? tasks.after }
        if let node = members["deadline"] { tasks.deadline = duration(node) ?? tasks.deadline }
        if let node = members["ttl"] { tasks.timeToLive = duration(node) ?? tasks.timeToLive }
        if let node = members["poll_interval"] { tasks.pollInterval = duration(node) ?? tasks.pollInterval }
        if let node = members["lease"], let lease = duration(node) {
            tasks.lease = lease
            if lease < .seconds(3) {
                fault(
                    node,
                    expected: "at least 3s, because leases are renewed once a second",
                    found: "less",
                    hint: "set lease: 15s"
                )
            }
        }
    }
}
