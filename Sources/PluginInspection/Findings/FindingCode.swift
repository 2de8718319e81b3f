/// A kind of finding: a code that never changes its meaning, how bad it is, a sentence, and what to do.
///
/// The first digit tells the part that was looked at: 1 the file, 2 the contract, 3 the manifest, 4 the trial run. Codes of
/// ``fuzzing`` begin with RF. Documentation/Check.md lists all of them.
package struct FindingCode: Sendable, Hashable {
    package enum Severity: String, Sendable, Comparable, CaseIterable {
        /// Worth knowing.
        case info
        /// It works, and somebody will be sorry.
        case warning
        /// A host would refuse the plugin, drop a part of it, or lose it while it runs.
        case error

        package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int { self == .info ? 0 : self == .warning ? 1 : 2 }
    }

    package let code: String
    package let severity: Severity
    /// What the finding means, as a sentence without its end.
    package let sentence: String
    /// What to do, as a sentence without its end.
    package let fix: String

    init(_ code: String, _ severity: Severity, _ sentence: String, fix: String) {
        self.code = code
        self.severity = severity
        self.sentence = sentence
        self.fix = fix
    }

    /// Every code, in the order of their numbers.
    package static let all = file + contract + manifest + trial + fuzzing
}
