import Crypto
import Embedding
import FoundationEssentials
import Glibc
import RoostJSON

/// Graphs in files beside the database, so that a start need not make them anew.
///
/// `<database>.graph-<name>` is what hnswlib wrote, `….json` beside it says what that is, and its digest. A file that does not
/// fit is as good as none: the database knows everything in it.
struct GraphFiles: Sendable {
    /// The database's path.
    let path: String
    /// The model of the vectors.
    let model: String
    /// False while another machine writes to the volume.
    let isWritable: @Sendable () -> Bool
    /// Is told in a sentence what could not be read or written.
    let report: @Sendable (String) -> Void

    /// Rises when the file, or how vectors lie in it, changes.
    private static let version: Int64 = 1

    /// The saved graph, when it is whole and of this model.
    func open(of namespace: Namespace, dimensions: Int) -> NeighbourGraph? {
        let file = path(of: namespace)
        guard let bytes = try? FileBytes.read(file + ".json"),
            let root = try? JSONDocument(parsing: bytes).root
        else { return nil }
        guard root["version"]?.integer == Self.version, root["model"]?.string == model,
            root["dimensions"]?.integer == Int64(dimensions), let digest = root["sha256"]?.string
        else { return nil }
        guard let found = try? FileBytes.digest(of: file), found == digest,
            let graph = NeighbourGraph(file: file, dimensions: dimensions),
            root["vectors"]?.integer == Int64(graph.count)
        else {
            report("The saved graph \(file) is damaged; it is made anew from the database.")
            return nil
        }
        return graph
    }

    /// Saves a graph over the one that was there; what prevents it is reported.
    func save(_ graph: NeighbourGraph, of namespace: Namespace) {
        guard isWritable() else { return }
        let file = path(of: namespace)
        // One name for all: what a killed process left behind is overwritten. Should two processes meet in it, the digest tells.
        let temporary = "\(file).writing"
        do {
            unlink(temporary)
            // For its owner only, before anything is in it.
            guard try FileBytes.create(temporary, with: []) else { throw SystemError(code: EEXIST) }
            guard graph.save(to: temporary) else { throw SystemError(code: ENOSPC) }
            let record: JSONObject = [
                "version": .integer(Self.version), "model": .string(model),
                "dimensions": .integer(Int64(graph.dimensions)), "vectors": .integer(Int64(graph.count)),
                "sha256": .string(try FileBytes.digest(of: temporary)),
            ]
            try FileBytes.move(temporary, to: file)
            // After the graph: between the two steps the digests differ, and the graph counts as damaged.
            try FileBytes.replace(file + ".json", with: JSONValue.object(record).bytes)
        } catch {
            unlink(temporary)
            report("The graph \(file) was not saved (\(error)); the next start makes it anew.")
        }
    }

    /// Removes what was saved.
    func remove(of namespace: Namespace) {
        guard isWritable() else { return }
        for suffix in [".json", ""] { unlink(path(of: namespace) + suffix) }
    }

    /// A name without what a namespace may contain, such as slashes.
    private func path(of namespace: Namespace) -> String {
        let digest = SHA256.hash(data: Data("\(namespace.rawValue)\u{0}\(model)".utf8))
        return "\(path).graph-\(digest.hexadecimal.prefix(16))"
    }
}
