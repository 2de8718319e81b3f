import RoostJSON

/// What a client may say about a job's time (RunPod's `policy`).
struct JobPolicy: Sendable, Hashable {
    /// Milliseconds a try may take.
    ///
    /// Default 600,000; 5 s to 7 days.
    var executionTimeout: Int64 = 600_000
    /// Milliseconds after which the job is forgotten, whatever its state.
    ///
    /// Default a day; 10 s to 7 days.
    var timeToLive: Int64 = 86_400_000

    private static let week: Int64 = 7 * 86_400_000

    init() {}

    /// Reads a policy; `lowPriority` concerns scaling only, and there is none here.
    init(_ view: JSONView?) throws(JobFault) {
        guard let view, !view.isNull else { return }
        guard view.kind == .object else { throw JobFault("\"policy\" must be an object; found \(view.kind)") }
        executionTimeout = try Self.number("executionTimeout", in: view, from: 5_000) ?? executionTimeout
        timeToLive = try Self.number("ttl", in: view, from: 10_000) ?? timeToLive
        if let priority = view["lowPriority"], priority.bool == nil {
            throw JobFault("\"policy.lowPriority\" must be true or false; found \(priority.kind)")
        }
    }

    private static func number(
        _ key: String,
        in view: JSONView,
        from least: Int64
    ) throws(JobFault) -> Int64? {
        guard let value = view[key] else { return nil }
        guard let number = value.integer, (least...week).contains(number) else {
            let found = String(decoding: value.bytes.prefix(40), as: UTF8.self)
            throw JobFault(
                "\"policy.\(key)\" must be a whole number of milliseconds from \(least) to \(week); found \(found)"
            )
        }
        return number
    }
}
