package import RoostJSON

/// What became of one request to reload a plugin.
package struct ReloadReport: Sendable {
    /// How it ended.
    package enum Outcome: Sendable, Hashable {
        /// The new version takes the calls.
        case reloaded
        /// Only limits differed: they hold from now on, and the plugin was not touched.
        case adjusted
        /// Library and settings are those that run already.
        case unchanged
        /// The old version goes on, for the reason given.
        case refused(String)
        /// The plugin is new in host.yaml.
        case added
        /// The plugin is no longer in host.yaml.
        case removed
    }

    package var alias: String
    package var outcome: Outcome
    /// The generation that takes calls now; nil when the plugin does not run.
    package var generation: Generation?
    /// The plugin's version now.
    package var version: String
    package var difference: ManifestDifference?
    /// From the request until new calls went to the new version.
    package var total: Duration
    /// Until the copy was verified.
    package var preparation: Duration?
    /// How long calls were held back for the state; nil when they were not.
    package var hold: Duration?

    init(_ alias: String, _ outcome: Outcome, version: String = "", total: Duration = .zero) {
        self.alias = alias
        self.outcome = outcome
        self.version = version
        self.total = total
    }

    /// True unless the plugin was refused.
    package var isSuccess: Bool { if case .refused = outcome { false } else { true } }
}

extension ReloadReport: CustomStringConvertible {
    /// One line for people.
    package var description: String {
        switch outcome {
        case .reloaded:
            let lists = difference.map { ", \($0)" } ?? ""
            let held = hold.map { ", calls held for \($0.milliseconds) ms" } ?? ""
            return "\(alias): reloaded in \(total.milliseconds) ms, version \(version)\(lists)\(held)"
        case .adjusted: return "\(alias): limits changed"
        case .unchanged: return "\(alias): unchanged"
        case .refused(let reason): return "\(alias): not reloaded, the old version goes on: \(reason)"
        case .added: return "\(alias): added, version \(version)"
        case .removed: return "\(alias): removed"
        }
    }

    /// The report for programs; times in milliseconds.
    package var json: JSONValue {
        var object: JSONObject = [
            "plugin": .string(alias), "outcome": .string(outcome.word), "version": .string(version),
            "milliseconds": .number(total.milliseconds),
        ]
        if case .refused(let reason) = outcome { object["reason"] = .string(reason) }
        if let generation { object["generation"] = .integer(Int64(generation.number)) }
        if let preparation { object["prepareMilliseconds"] = .number(preparation.milliseconds) }
        if let hold { object["holdMilliseconds"] = .number(hold.milliseconds) }
        if let difference, !difference.isEmpty { object["changes"] = difference.json }
        return .object(object)
    }
}

extension ReloadReport.Outcome {
    /// The outcome as one word.
    package var word: String {
        switch self {
        case .reloaded: "reloaded"
        case .adjusted: "adjusted"
        case .unchanged: "unchanged"
        case .refused: "refused"
        case .added: "added"
        case .removed: "removed"
        }
    }
}

extension Duration {
    /// Milliseconds, to a hundredth.
    var milliseconds: Double {
        let (seconds, attoseconds) = components
        let hundredths = Double(seconds) * 100_000 + Double(attoseconds) / 1e13
        return hundredths.rounded() / 100
    }
}
