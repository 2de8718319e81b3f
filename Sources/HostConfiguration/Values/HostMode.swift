/// Where the host runs, which decides what it waits for and what it leaves out.
///
/// HTTP is served in every mode.
package enum HostMode: String, Sendable, CaseIterable {
    /// On any machine that is none of RunPod's.
    case local
    /// In a RunPod Pod, behind its proxy.
    case pod
    /// A worker of a load-balancing endpoint: RunPod's gateway sends it HTTP.
    case loadBalancer = "load-balancer"
    /// A worker of a queue endpoint: it takes jobs.
    case queue

    /// A mode, and what it was read from.
    package struct Choice: Sendable, Equatable {
        package var mode: HostMode
        /// Half a sentence for the log, such as "RUNPOD_POD_ID is set".
        package var reason: String
    }

    /// What the environment says: ROOST_MODE, or the variables RunPod sets; nil when ROOST_MODE names no mode.
    ///
    /// RunPod does not document whether workers of load-balancing endpoints get RUNPOD_WEBHOOK_GET_JOB, so an endpoint that
    /// was deployed as one sets ROOST_MODE. An empty variable counts as not set.
    package static func found(in environment: [String: String]) -> Choice? {
        func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        if let name = environment["ROOST_MODE"], !name.isEmpty {
            return HostMode(rawValue: name).map { Choice(mode: $0, reason: "ROOST_MODE says so") }
        }
        if isSet("RUNPOD_WEBHOOK_GET_JOB") {
            return Choice(mode: .queue, reason: "RUNPOD_WEBHOOK_GET_JOB is set")
        }
        if isSet("RUNPOD_ENDPOINT_ID") {
            return Choice(
                mode: .loadBalancer,
                reason: "RUNPOD_ENDPOINT_ID is set and RUNPOD_WEBHOOK_GET_JOB is not"
            )
        }
        if isSet("RUNPOD_POD_ID") {
            return Choice(mode: .pod, reason: "RUNPOD_POD_ID is set and RUNPOD_ENDPOINT_ID is not")
        }
        return Choice(mode: .local, reason: "no variable of RunPod is set")
    }

    /// Where RunPod mounts a volume in this mode; nil where it mounts none.
    package var volume: String? {
        switch self {
        case .local: nil
        case .pod: "/workspace"
        case .loadBalancer, .queue: "/runpod-volume"
        }
    }

    /// How long a request may take before the platform cuts it, with some seconds to answer in; nil where it does not.
    ///
    /// The gateway of load-balancing endpoints ends a request after 5.5 minutes.
    package var requestLimit: Duration? { self == .loadBalancer ? .seconds(320) : nil }

    /// The largest answer the platform passes on, in bytes; nil where there is no such limit.
    package var answerLimit: Int? { self == .loadBalancer ? 30_000_000 : nil }

    /// True where streams that belong to no request are refused by default: each holds a worker that is billed.
    package var refusesLegacyStreams: Bool { self == .loadBalancer }
}
