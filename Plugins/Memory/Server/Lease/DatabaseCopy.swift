import FoundationEssentials
import GRDB

/// A copy of a database that another machine writes to: SQLite's locks do not reach that far, so it is not opened in place.
enum DatabaseCopy {
    /// Attempts before the copy is given up; the writer checkpoints seldom, so the first one nearly always holds.
    private static let attempts = 20

    /// Copies the database and its log into the temporary directory.
    ///
    /// A copy counts when neither changed meanwhile and SQLite finds it whole.
    ///
    /// - Returns: The path of the copy.
    static func make(of path: String) throws(StorageError) -> String {
        let copy = FileManager.default.temporaryDirectory.appending(
            path: "memory-\(UUID().uuidString).sqlite"
        ).path
        var found = "it changed all the time"
        for _ in 0..<attempts {
            do {
                let before = try fingerprint(path)
                guard let main = try FileBytes.read(path) else { throw SystemError(code: 2) }
                let log = try FileBytes.read("\(path)-wal") ?? []
                guard try fingerprint(path) == before else { continue }
                try FileBytes.replace(copy, with: main)
                try FileBytes.replace("\(copy)-wal", with: log)
                let queue = try DatabaseQueue(path: copy)
                let verdict = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
                try queue.close()
                guard verdict == "ok" else {
                    found = verdict ?? "nothing"
                    continue
                }
                return copy
            } catch {
                found = "\(error)"
            }
        }
        throw .unusable(path: path, detail: "no whole copy of it could be made: \(found)")
    }

    /// Changes whenever one of the two files does.
    private static func fingerprint(_ path: String) throws -> [String] {
        try [path, "\(path)-wal"].map { file in
            guard FileManager.default.fileExists(atPath: file) else { return "absent" }
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            let modified = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(attributes[.size] ?? 0) \(modified)"
        }
    }
}
