/// Why the process that held a plugin ended, as far as it is known when its calls fail.
struct CellDeath: Sendable, Equatable {
    /// The signal, the exit code, or why the host ended it: SIGSEGV, exit code 7, it did not stop within 2 s.
    var reason: String
    /// The plugins that were in the process, in the order in which they came.
    var members: [String]
    /// The plugin whose code faulted; nil when that is not known.
    var culprit: String?
    /// True when the host ended the process because of a fault, false when it ended by itself.
    var wasEnded = false
    /// Where the report is written; nil when none is kept.
    var report: String?

    /// A death that is nobody else's.
    static func alone(_ alias: String, because reason: String) -> CellDeath {
        CellDeath(reason: reason, members: [alias], culprit: alias)
    }

    /// Whether a plugin has to answer for it: the one whose code faulted, or everybody when that is not known.
    func isFault(of alias: String) -> Bool { culprit == nil || culprit == alias }

    /// What happened to one of the plugins, as a sentence without its end.
    ///
    /// With a tool the plugin worked on, its name is in the sentence.
    func sentence(for alias: String, during target: String? = nil) -> String {
        let during = target.map { " during \($0)" } ?? ""
        let others = members.filter { $0 != alias }
        let crashed = wasEnded ? "was ended" : "crashed"
        guard !others.isEmpty else { return "plugin \(alias) \(crashed) (\(reason))\(during)" }
        let names = others.joined(separator: ", ")
        switch culprit {
        case alias?:
            return
                "plugin \(alias) \(crashed) (\(reason))\(during) and took along what shares its process: \(names)"
        case let culprit?:
            return
                "plugin \(alias) lost its process\(during): plugin \(culprit), which shares it, \(crashed) (\(reason))"
        case nil:
            return
                "plugin \(alias) lost its process\(during): it ended (\(reason)), and which of \(alias), \(names) is to blame is not known"
        }
    }
}
