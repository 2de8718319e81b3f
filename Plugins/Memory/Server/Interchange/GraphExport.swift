/// Keeps a memory.jsonl beside the database, in upstream's exact form, for people and for other servers.
///
/// The file is replaced in one step. If somebody else changed it since this plugin read or wrote it, their version is kept
/// as `<file>.kept-<n>` first.
package struct GraphExport: Sendable {
    /// The graph that is written.
    let store: MemoryStore
    /// The file that is replaced.
    let path: String

    package init(of store: MemoryStore, to path: String) {
        self.store = store
        self.path = path
    }

    /// Writes the file, unless it says what it should already.
    ///
    /// - Returns: Where another's version was kept, or nil when there was none.
    @discardableResult
    package func run() throws(InterchangeError) -> String? {
        do {
            let bytes = JSONLinesWriter.bytes(of: try store.graph())
            let present = try FileBytes.read(path)
            let fingerprint = FileFingerprint(bytes)
            // Remembered first: after a crash the next start must not take our own file for an import.
            try store.rememberExport(fingerprint, to: path)
            guard present != bytes else { return nil }
            var kept: String?
            if let present, !present.isEmpty, try !store.hasExchanged(FileFingerprint(present)) {
                kept = try NumberedFile.create(beside: path, suffix: "kept", present)
            }
            try FileBytes.replace(path, with: bytes)
            try store.forgetExports(to: path, except: fingerprint)
            return kept
        } catch let error as SystemError {
            throw InterchangeError.file(path: path, intent: "written", reason: "\(error)")
        } catch let error as StorageError {
            throw InterchangeError.graph(error)
        } catch let error as InterchangeError {
            throw error
        } catch {
            throw InterchangeError.file(path: path, intent: "written", reason: "\(error)")
        }
    }
}
