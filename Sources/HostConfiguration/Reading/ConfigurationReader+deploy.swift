/// What `roost deploy` makes at RunPod.
extension ConfigurationReader {
    mutating func deploy(_ node: ConfigurationNode) -> DeployConfiguration? {
        let members = members(of: node, known: ConfigurationKeys.deploy)
        for key in ["name", "image", "type"] where members[key] == nil {
            fault(node, expected: "the key \"\(key)\" under deploy", found: "none")
        }
        guard let name = members["name"].flatMap({ string($0) }),
            let image = members["image"].flatMap({ string($0) }),
            let kind = members["type"].flatMap({ choice($0, DeployConfiguration.Kind.self) })
        else { return nil }
        var deploy = DeployConfiguration(name: name, image: image, kind: kind)
        readCompute(members, into: &deploy)
        readWorkers(members["workers"], into: &deploy)
        readScaling(members["scale"], into: &deploy)
        if let node = members["disk"] { deploy.disk = integer(node, in: 1...10_000) ?? deploy.disk }
        if let node = members["port"] { deploy.port = integer(node, in: 1...65_535) ?? deploy.port }
        if let node = members["timeout"] { deploy.timeout = duration(node) ?? deploy.timeout }
        if let node = members["args"] { deploy.arguments = string(node) ?? "" }
        if let node = members["env"] {
            deploy.environment = entries(of: node).compactMap { name, _, value in
                string(value).map { (name: name, value: $0) }
            }
        }
        if let node = members["data_centers"] { deploy.dataCenters = strings(node) }
        if let node = members["volumes"] { deploy.volumes = strings(node) }
        if let node = members["registry"] { deploy.registry = string(node) }
        if let node = members["flashboot"] {
            deploy.flashBoot = choice(node, Switch.self).map { $0 == .on } ?? true
        }
        return deploy
    }

    private mutating func readCompute(
        _ members: [String: ConfigurationNode],
        into deploy: inout DeployConfiguration
    ) {
        if let node = members["cpu"] {
            deploy.processors = elements(node).compactMap {
                value(
                    $0,
                    expected: "a flavor and a power of two from 2 on such as cpu3c:2",
                    DeployConfiguration.Processor.init
                )
            }
        }
        if let node = members["gpu"] {
            let inner = self.members(of: node, known: ConfigurationKeys.deployGPU)
            if let node = inner["pools"] { deploy.gpuPools = strings(node) }
            if let node = inner["count"] { deploy.gpuCount = integer(node, in: 1...64) ?? 1 }
            if deploy.gpuPools.isEmpty { fault(node, expected: "pools such as [ADA_24]", found: "none") }
            if members["cpu"] != nil { fault(node, expected: "cpu or gpu", found: "both") }
        }
        if deploy.processors.isEmpty, deploy.gpuPools.isEmpty {
            deploy.processors = DeployConfiguration.Processor("cpu3c:2").map { [$0] } ?? []
        }
    }

    private mutating func readWorkers(_ node: ConfigurationNode?, into deploy: inout DeployConfiguration) {
        guard let node else { return }
        let members = members(of: node, known: ConfigurationKeys.deployWorkers)
        let least = members["min"].flatMap { integer($0, in: 0...1_000) } ?? 0
        let most = members["max"].flatMap { integer($0, in: 0...1_000) } ?? max(3, least)
        if least <= most {
            deploy.workers = least...most
        } else {
            fault(node, expected: "a min that is not above max", found: "\(least) and \(most)")
        }
        if let node = members["idle"], let idle = duration(node) {
            if (1...3_600).contains(idle.components.seconds) {
                deploy.idleTimeout = idle
            } else {
                fault(node, expected: "1s to 1h")
            }
        }
    }

    private mutating func readScaling(_ node: ConfigurationNode?, into deploy: inout DeployConfiguration) {
        if deploy.kind == .loadBalancer { deploy.scaleRequests = 8 }
        guard let node else { return }
        let members = members(of: node, known: ConfigurationKeys.deployScale)
        if let node = members["requests"] { deploy.scaleRequests = integer(node, in: 1...100_000) }
        if let node = members["delay"], let delay = duration(node) {
            if deploy.kind == .loadBalancer {
                fault(
                    node,
                    expected: "requests: a load balancer has no queue whose delay could be measured",
                    found: "delay"
                )
            }
            let seconds = Double(delay.components.seconds) + Double(delay.components.attoseconds) / 1e18
            if seconds < 0.5 { fault(node, expected: "at least 500ms") }
            deploy.queueDelay = seconds
        }
        if members["requests"] != nil, members["delay"] != nil {
            fault(node, expected: "requests or delay", found: "both")
        }
    }
}
