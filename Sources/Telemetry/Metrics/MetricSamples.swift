/// What a scrape found, by family: handles' series, and what collectors said.
package struct MetricSamples: Sendable {
    struct Sample: Sendable {
        var labels: MetricLabels
        var value: MetricValue
    }

    struct Family: Sendable {
        var kind: MetricKind
        var samples: [Sample] = []
    }

    private(set) var families: [String: Family] = [:]

    package init() {}

    /// Says how much something is at this moment.
    package mutating func gauge(_ name: String, _ value: Double, _ labels: [(String, String)] = []) {
        add(name, .gauge, MetricLabels(labels), .number(value))
    }

    /// Says how often something happened since the host started; `name` with or without `_total`.
    package mutating func counter(
        _ name: String,
        _ value: some BinaryInteger,
        _ labels: [(String, String)] = []
    ) {
        add(name, .counter, MetricLabels(labels), .integer(Int64(clamping: value)))
    }

    /// Says how much of something there was since the host started; `name` with or without `_total`.
    package mutating func counter(_ name: String, _ value: Double, _ labels: [(String, String)] = []) {
        add(name, .counter, MetricLabels(labels), .number(value))
    }

    /// Keeps the first kind a name came with: a family of two kinds would make the whole scrape unreadable.
    mutating func add(_ name: String, _ kind: MetricKind, _ labels: MetricLabels, _ value: MetricValue) {
        let name = MetricName.family(name, kind)
        var family = families[name] ?? Family(kind: kind)
        guard family.kind == kind, !family.samples.contains(where: { $0.labels == labels }) else { return }
        family.samples.append(Sample(labels: labels, value: value))
        families[name] = family
    }

    /// Adds the series of one handle-made family, whose labels are known to differ.
    mutating func add(_ name: String, _ kind: MetricKind, _ samples: [Sample]) {
        families[name] = Family(kind: kind, samples: samples)
    }
}
