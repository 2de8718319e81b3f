import FoundationEssentials
import RoostJSON

/// Takes upstream's memory.jsonl into the graph, once per content, losing nothing.
///
/// The file itself is left alone. An import adds: an entity whose name exists gains the observations it lacks. A line that
/// cannot be taken in whole is written, before the graph changes, to `<file>.rejected-<n>` beside the file, as a JSON object
/// with `line`, `reason`, `imported` and `text` (or `base64` when it is not UTF-8).
package struct GraphImport: Sendable {
    /// The graph that grows.
    let store: MemoryStore
    /// The file to read.
    let path: String

    package init(into store: MemoryStore, from path: String) {
        self.store = store
        self.path = path
    }

    /// Reads the file if its content was never imported or exported before.
    package func run() throws(InterchangeError) -> ImportOutcome {
        guard let bytes = try contents() else { return .absent }
        let fingerprint = FileFingerprint(bytes)
        do {
            guard try !store.hasExchanged(fingerprint) else { return .knownBefore }
            let content = JSONLinesReader.read(bytes)
            let conflicts = try store.conflicts(of: content)
            let setAside = (content.setAside + conflicts).sorted { $0.number < $1.number }
            let setAsidePath = try keep(setAside)
            var report = try store.merge(content, of: path, fingerprint)
            report.linesRefused = setAside.count { !$0.wasImported }
            report.linesImportedInPart = Set(setAside.filter(\.wasImported).map(\.number)).count
            report.setAsidePath = setAsidePath
            return .imported(report)
        } catch let error as StorageError {
            throw InterchangeError.graph(error)
        } catch let error as InterchangeError {
            throw error
        } catch {
            throw InterchangeError.file(path: path, intent: "imported", reason: "\(error)")
        }
    }

    private func contents() throws(InterchangeError) -> [UInt8]? {
        do { return try FileBytes.read(path) } catch {
            throw InterchangeError.file(path: path, intent: "read", reason: "\(error)")
        }
    }

    private func keep(_ lines: [SetAsideLine]) throws(InterchangeError) -> String? {
        guard !lines.isEmpty else { return nil }
        var file: [UInt8] = []
        for line in lines {
            var writer = JSONWriter()
            writer.object { object in
                object.member("line", .integer(Int64(line.number)))
                object.member("reason", string: line.reason)
                object.member("imported", .bool(line.wasImported))
                if let text = String(validating: line.bytes, as: UTF8.self) {
                    object.member("text", string: text)
                } else {
                    object.member("base64", string: Data(line.bytes).base64EncodedString())
                }
            }
            file.append(contentsOf: writer.bytes + [UInt8(ascii: "\n")])
        }
        return try NumberedFile.create(beside: path, suffix: "rejected", file)
    }
}
