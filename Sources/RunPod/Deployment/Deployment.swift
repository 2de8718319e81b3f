package import RoostJSON

/// What is to stand at RunPod: one template with the container's settings and one serverless endpoint made from it.
///
/// The fields are those of RunPod's REST API v2 (`CreateTemplateRequest`, `CreateEndpointRequest`); both have ``name``.
package struct Deployment: Sendable, Equatable {
    /// How requests reach the workers; fixed once an endpoint exists.
    package enum Kind: String, Sendable, CaseIterable {
        case queue = "QUEUE"
        case loadBalancer = "LOAD_BALANCER"
    }

    /// When RunPod adds workers.
    package enum Scaling: Sendable, Equatable {
        /// When a worker has more requests than this under way; the only one for ``Kind/loadBalancer``.
        case requests(Int)
        /// When a job has waited longer than these seconds.
        case queueDelay(Double)
    }

    /// What a worker runs on.
    package enum Compute: Sendable, Equatable {
        case cpu([(flavor: String, count: Int)])
        case gpu(pools: [String], count: Int)

        package static func == (first: Compute, second: Compute) -> Bool { first.json == second.json }

        var json: JSONObject {
            switch self {
            case .cpu(let flavors):
                let list = flavors.map {
                    JSONValue.object(["id": .string($0.flavor), "vcpuCount": .integer(Int64($0.count))])
                }
                return ["cpu": .array(list)]
            case .gpu(let pools, let count):
                return [
                    "gpu": .object([
                        "pools": .array(pools.map { .string($0) }), "count": .integer(Int64(count)),
                    ])
                ]
            }
        }
    }

    package var name: String
    /// An image by its digest or tag.
    package var image: String
    package var kind: Kind
    package var compute: Compute
    package var scaling: Scaling
    /// Fewest and most workers.
    ///
    /// Default 0 to 3.
    package var workers = 0...3
    /// Seconds until an idle worker stops, 1 to 3,600.
    ///
    /// Default 60.
    package var idleTimeout = 60
    /// Milliseconds a job or a request may take.
    ///
    /// Default 300,000.
    package var timeout = 300_000
    /// The container's own disk in GB.
    ///
    /// Default 10.
    package var disk = 10
    /// The port the host listens on.
    ///
    /// Default 8000.
    package var port = 8_000
    /// The arguments of the image's entry point.
    ///
    /// Default empty: the image's own.
    package var arguments = ""
    /// Variables of the workers, beside those the deployment itself sets; a secret of the account is
    /// `{{ RUNPOD_SECRET_name }}`.
    package var environment: [(name: String, value: String)] = []
    package var dataCenters: [String] = []
    package var volumes: [String] = []
    /// A registry credential of the account; nil for a public image.
    package var registry: String?
    /// Whether a stopped worker's state is kept for its next start.
    ///
    /// Default true.
    package var flashBoot = true

    package init(name: String, image: String, kind: Kind, compute: Compute, scaling: Scaling) {
        self.name = name
        self.image = image
        self.kind = kind
        self.compute = compute
        self.scaling = scaling
    }

    package static func == (first: Deployment, second: Deployment) -> Bool {
        first.templateBody == second.templateBody
            && first.endpointBody(template: "") == second.endpointBody(template: "")
    }

    /// What every worker of this deployment is told, before the operator's own variables.
    ///
    /// The gateway lets in only who has a key of the account.
    private var ownEnvironment: [(name: String, value: String)] {
        let mode = kind == .queue ? "queue" : "load-balancer"
        var variables = [("ROOST_MODE", mode), ("ROOST_AUTH", "platform"), ("PORT", "\(port)")]
        if kind == .loadBalancer { variables.append(("PORT_HEALTH", "\(port)")) }
        return variables.map { (name: $0.0, value: $0.1) }
    }

    var environmentJSON: JSONObject {
        var object: JSONObject = [:]
        for (name, value) in ownEnvironment + environment { object[name] = .string(value) }
        return object
    }

    /// The settings of the container.
    var container: JSONObject {
        [
            "image": .string(image), "args": .string(arguments), "disk": .integer(Int64(disk)),
            "ports": .array([.string("\(port)/http")]), "env": .object(environmentJSON),
            "registry": registry.map { .string($0) } ?? .null,
        ]
    }

    /// The body that makes the template.
    package var templateBody: JSONObject {
        var body: JSONObject = [
            "name": .string(name), "serverless": true, "startSsh": false, "startJupyter": false,
        ]
        for (key, value) in container.members { body[key] = value }
        return body
    }

    /// The body that makes the endpoint from a template.
    package func endpointBody(template: String) -> JSONObject {
        var body: JSONObject = [
            "name": .string(name), "type": .string(kind.rawValue), "templateId": .string(template),
        ]
        for (key, value) in settings.members { body[key] = value }
        return body
    }

    /// The settings of the endpoint that can be changed.
    var settings: JSONObject {
        var body = compute.json
        var workers: JSONObject = [
            "min": .integer(Int64(workers.lowerBound)), "max": .integer(Int64(workers.upperBound)),
        ]
        switch scaling {
        case .requests(let count):
            body["scaling"] = ["type": "REQUEST_COUNT", "requestCount": .integer(Int64(count))]
            // A queue endpoint that scales by requests refuses an idle timeout.
            if kind == .loadBalancer { workers["idleTimeout"] = .integer(Int64(idleTimeout)) }
        case .queueDelay(let seconds):
            body["scaling"] = ["type": "QUEUE_DELAY", "queueDelay": .number(seconds)]
            workers["idleTimeout"] = .integer(Int64(idleTimeout))
        }
        body["workers"] = .object(workers)
        body["timeout"] = .integer(Int64(timeout))
        body["flashboot"] = flashBoot ? "FLASHBOOT" : "OFF"
        body["dataCenterIds"] = .array(dataCenters.map { .string($0) })
        body["networkVolumes"] = .array(volumes.map { .string($0) })
        return body
    }
}
