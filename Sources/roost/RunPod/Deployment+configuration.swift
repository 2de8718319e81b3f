import HostConfiguration
import RunPod

extension Deployment {
    /// What host.yaml says under deploy.
    init(_ deploy: DeployConfiguration) {
        let compute: Compute =
            deploy.gpuPools.isEmpty
            ? .cpu(deploy.processors.map { (flavor: $0.flavor, count: $0.count) })
            : .gpu(pools: deploy.gpuPools, count: deploy.gpuCount)
        self.init(
            name: deploy.name,
            image: deploy.image,
            kind: deploy.kind == .queue ? .queue : .loadBalancer,
            compute: compute,
            scaling: deploy.scaleRequests.map { .requests($0) } ?? .queueDelay(deploy.queueDelay)
        )
        workers = deploy.workers
        idleTimeout = Int(deploy.idleTimeout.components.seconds)
        timeout = Int(deploy.timeout.components.seconds) * 1_000
        disk = deploy.disk
        port = deploy.port
        arguments = deploy.arguments
        environment = deploy.environment
        dataCenters = deploy.dataCenters
        volumes = deploy.volumes
        registry = deploy.registry
        flashBoot = deploy.flashBoot
    }
}
