import CellProtocol
package import RoostJSON

/// What became of every measure of a plugin's confinement.
package struct ConfinementReport: Sendable, Hashable {
    /// One measure.
    package struct Finding: Sendable, Hashable {
        package var measure: ConfinementMeasure
        package var state: ConfinementMeasure.State
        /// What is in force, or why it is not.
        package var reason: String
    }

    /// Every measure once, in the order in which they are described.
    package private(set) var findings: [Finding]

    /// Asks `judge` about every measure.
    init(_ judge: (ConfinementMeasure) -> (ConfinementMeasure.State, String)) {
        findings = ConfinementMeasure.allCases.map { measure in
            let (state, reason) = judge(measure)
            return Finding(measure: measure, state: state, reason: reason)
        }
    }

    /// The report for a plugin in the host's own process.
    package static let ofHostProcess = ConfinementReport { _ in
        (.absent, "process: host, where nothing of a plugin can be held back")
    }

    /// Reads what a cell says; a measure that it does not name is absent.
    init(_ frames: [ConfinedFrame]) {
        self.init { measure in
            guard let frame = frames.first(where: { $0.measure == measure.rawValue }),
                let state = ConfinementMeasure.State(rawValue: frame.state)
            else { return (.absent, "the cell did not say") }
            return (state, frame.reason)
        }
    }

    /// The report as a cell sends it.
    var frames: [ConfinedFrame] {
        findings.map {
            ConfinedFrame(measure: $0.measure.rawValue, state: $0.state.rawValue, reason: $0.reason)
        }
    }

    /// One measure's finding.
    package subscript(measure: ConfinementMeasure) -> Finding {
        findings.first { $0.measure == measure }
            ?? Finding(measure: measure, state: .absent, reason: "it was not reported")
    }

    /// Measures that are neither in force nor granted.
    package var missing: [Finding] { findings.filter { $0.state == .degraded || $0.state == .absent } }

    /// The worst that became of any measure; what was granted does not count.
    package var state: ConfinementMeasure.State {
        if missing.isEmpty { return .enforced }
        return findings.allSatisfy { $0.state == .absent } ? .absent : .degraded
    }

    /// A measure turned out worse than expected.
    mutating func worsen(_ measure: ConfinementMeasure, to state: ConfinementMeasure.State, _ reason: String)
    {
        update(measure) { finding in
            // What was granted is not missed.
            guard finding.state != .granted, finding.state != .absent else { return }
            finding.state = state
            finding.reason = reason
        }
    }

    /// Adds something worth knowing to a measure.
    mutating func note(_ measure: ConfinementMeasure, _ words: String) {
        update(measure) { $0.reason += "; " + words }
    }

    private mutating func update(_ measure: ConfinementMeasure, _ change: (inout Finding) -> Void) {
        guard let place = findings.firstIndex(where: { $0.measure == measure }) else { return }
        change(&findings[place])
    }

    /// For /health and for programs: the state of the whole, and of each measure with its reason.
    package var json: JSONValue {
        var measures: JSONObject = [:]
        for finding in findings {
            measures[finding.measure.rawValue] = [
                "state": .string(finding.state.rawValue), "reason": .string(finding.reason),
            ]
        }
        return ["state": .string(state.rawValue), "measures": .object(measures)]
    }

    /// What is missing as one clause: "files (absent: …), devices (absent: …)".
    package var shortfall: String {
        missing.map { "\($0.measure.rawValue) (\($0.state.rawValue): \($0.reason))" }.joined(separator: ", ")
    }
}
