import PluginInspection

/// A finding as a person reads it: what was found, and below it what to do.
enum FindingText {
    static func say(_ finding: Finding) {
        Terminal.say(lines(finding).joined(separator: "\n"))
    }

    static func lines(_ finding: Finding) -> [String] {
        let word =
            switch finding.code.severity {
            case .error: Terminal.bad("error")
            case .warning: Terminal.bold("warning")
            case .info: Terminal.dim("info")
            }
        let subject = finding.subject.map { "\($0): " } ?? ""
        return ["\(word) \(finding.code.code) \(subject)\(finding.message)", "  fix: \(finding.fix)"]
    }
}
