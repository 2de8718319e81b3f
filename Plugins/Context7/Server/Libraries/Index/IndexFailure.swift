import GRDB

/// Why the plugin's database could not be used, in a sentence for the operator and the model.
package struct IndexFailure: Error, Sendable, CustomStringConvertible {
    package let description: String

    init(_ error: any Error, path: String) {
        let reason = (error as? DatabaseError).map { $0.message ?? "\($0.resultCode)" } ?? "\(error)"
        let isDamage =
            (error as? DatabaseError).map { [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains($0.resultCode) }
            ?? false
        let hint =
            isDamage
            ? "It holds nothing that cannot be made again: delete it, and the libraries are read anew."
            : "Check the free space and the permissions of its folder."
        description = "The index \(path) could not be used (\(reason)). \(hint)"
    }
}
