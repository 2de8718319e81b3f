/// What an import took in and what it set aside.
package struct ImportReport: Sendable, Hashable {
    /// The file that was read.
    package var path: String
    /// Entities that were new.
    package var entities = 0
    /// Observations that were new, those of new entities included.
    package var observations = 0
    /// Relations that were new.
    package var relations = 0
    /// Lines that said nothing the graph did not know already.
    package var linesKnownBefore = 0
    /// Lines that were refused.
    package var linesRefused = 0
    /// Lines that were taken in although a part of them could not be stored.
    package var linesImportedInPart = 0
    /// Where the lines set aside were written; nil when there were none.
    package var setAsidePath: String?

    package init(path: String) { self.path = path }
}

extension ImportReport: CustomStringConvertible {
    /// One sentence for the operator's log.
    package var description: String {
        var text = """
            Imported \(path): \(entities) entities, \(observations) observations, \(relations) relations; \
            \(linesKnownBefore) lines were known before.
            """
        if let setAsidePath {
            text += """
                 \(linesRefused) lines were refused and \(linesImportedInPart) imported in part; they are kept with \
                line number and reason in \(setAsidePath).
                """
        }
        return text
    }
}
