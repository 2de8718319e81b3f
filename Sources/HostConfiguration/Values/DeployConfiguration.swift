/// What `roost deploy` makes of this host at RunPod.
package struct DeployConfiguration: Sendable, Equatable {
    /// How requests reach the workers.
    package enum Kind: String, Sendable, CaseIterable {
        case queue
        case loadBalancer = "load-balancer"
    }

    /// A flavor of processors and how many of them a worker has.
    package struct Processor: Sendable, Equatable {
        package var flavor: String
        package var count: Int

        /// Reads `cpu3c:2`; RunPod wants a power of two, at least 2.
        init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, let count = Int(parts[1]), count >= 2,
                count & (count - 1) == 0
            else { return nil }
            flavor = String(parts[0])
            self.count = count
        }
    }

    /// The name of the template and of the endpoint.
    package var name: String
    package var image: String
    /// Fixed once the endpoint exists.
    package var kind: Kind
    /// Processors of a worker, the preferred one first.
    ///
    /// Default cpu3c:2, unless there are ``gpuPools``.
    package var processors: [Processor] = []
    /// Pools of GPUs instead of processors.
    package var gpuPools: [String] = []
    /// GPUs of a worker, at least 1.
    package var gpuCount = 1
    package var workers = 0...3
    /// Until an idle worker stops, 1 s to 1 h.
    package var idleTimeout = Duration.seconds(60)
    /// Requests under way at one worker above which RunPod adds another; nil: ``queueDelay`` decides, or 8 for a load balancer.
    package var scaleRequests: Int?
    /// Seconds a job may wait before RunPod adds a worker, at least 0.5; queue endpoints only.
    package var queueDelay = 4.0
    /// GB of the container's own disk.
    package var disk = 10
    package var port = 8_000
    /// For one job or request.
    package var timeout = Duration.seconds(300)
    package var arguments = ""
    /// Variables of the workers, in the file's order.
    package var environment: [(name: String, value: String)] = []
    package var dataCenters: [String] = []
    package var volumes: [String] = []
    package var registry: String?
    package var flashBoot = true

    package static func == (first: DeployConfiguration, second: DeployConfiguration) -> Bool {
        "\(first)" == "\(second)"
    }
}
