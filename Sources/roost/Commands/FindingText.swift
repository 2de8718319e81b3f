import PluginInspection

/// A finding as a person reads it: what was found, and below it what to do.
enum FindingText {
    static func say(_ finding: Finding) {
        let word =
            switch finding.code.severity {
            case .error: Terminal.bad("error")
            case .warning: Terminal.bold("warning")
            case .info: Terminal.dim("info")
            }
        let subject = finding.subject.map { "\($0): " } ?? ""
        Terminal.say("\(word) \(finding.code.code) \(subject)\(finding.message)\n  fix: \(finding.fix)")
    }
}
