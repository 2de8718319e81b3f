/// What came of an import.
package enum ImportOutcome: Sendable, Hashable {
    /// There is no such file.
    case absent
    /// Its content was imported or exported before.
    case knownBefore
    /// It was read now.
    case imported(ImportReport)

    /// The report, or nil when nothing was imported.
    package var report: ImportReport? {
        if case .imported(let report) = self { report } else { nil }
    }
}
