/// Writes samples as the text that Prometheus and its relatives read.
package struct ExpositionWriter {
    private let format: ExpositionFormat
    private var text = ""

    /// The whole text, families and series in the order of their names, so that two scrapes can be compared by eye.
    package static func text(_ samples: MetricSamples, as format: ExpositionFormat) -> String {
        var writer = ExpositionWriter(format)
        for (name, family) in samples.families.sorted(by: { $0.key < $1.key }) {
            writer.write(name, family)
        }
        if format == .openMetrics { writer.text += "# EOF\n" }
        return writer.text
    }

    private init(_ format: ExpositionFormat) {
        self.format = format
        text.reserveCapacity(32_768)
    }

    private mutating func write(_ name: String, _ family: MetricSamples.Family) {
        guard !family.samples.isEmpty else { return }
        let suffix = family.kind == .counter ? "_total" : ""
        // OpenMetrics describes the family, Prometheus the name that its samples have.
        let described = format == .openMetrics ? name : name + suffix
        if let sentence = MetricDescriptions.sentence(for: name + suffix) {
            text += "# HELP \(described) \(escaped(sentence))\n"
        }
        text += "# TYPE \(described) \(family.kind.rawValue)\n"
        if format == .openMetrics, let unit = MetricName.unit(of: name) {
            text += "# UNIT \(described) \(unit)\n"
        }
        for sample in family.samples.sorted(by: { $0.labels.text < $1.labels.text }) {
            write(name + suffix, sample)
        }
    }

    private mutating func write(_ name: String, _ sample: MetricSamples.Sample) {
        switch sample.value {
        case .integer(let value): line(name, sample.labels.text, "\(value)")
        case .number(let value): line(name, sample.labels.text, Self.text(of: value))
        case .histogram(let bounds, let counts, let sum):
            let labels = sample.labels.text
            let prefix = labels.isEmpty ? "" : labels + ","
            var total: UInt64 = 0
            for (place, count) in counts.enumerated() {
                total += count
                let bound = place < bounds.count ? "\(bounds[place])" : "+Inf"
                line(name + "_bucket", "\(prefix)le=\"\(bound)\"", "\(total)")
            }
            line(name + "_sum", labels, Self.text(of: sum))
            line(name + "_count", labels, "\(total)")
        }
    }

    private mutating func line(_ name: String, _ labels: String, _ value: String) {
        text += name
        if !labels.isEmpty { text += "{\(labels)}" }
        text += " \(value)\n"
    }

    private static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value), abs(value) < 1e15 { return "\(whole)" }
        return "\(value)"
    }

    private func escaped(_ sentence: String) -> String {
        var result = ""
        for character in sentence.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where format == .openMetrics: result += "\\\""
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
