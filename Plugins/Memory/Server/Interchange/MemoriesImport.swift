import Embedding
import FoundationEssentials

/// Brings memories in from a file of JSON lines, or from the folder of the original platform.
///
/// The platform's folder holds `metadata/<key>.json` and `faiss.index`. Vectors are computed anew from the contents when there
/// is a model; without one the index's are taken, if they have its size. Each content is imported once; what cannot be
/// imported is reported, and the files are only read.
struct MemoriesImport {
    let store: MemoryStore
    let embedder: (any TextEmbedder)?
    let settings: MemorySettings

    /// Floats of the vectors that the default model would compute.
    private static let dimensions = 384
    private static let model = "all-MiniLM-L6-v2"

    /// What came of it.
    struct Report: CustomStringConvertible {
        var path: String
        var imported = 0
        /// Sentences about what could not be imported.
        var problems: [String] = []

        var description: String {
            let rest = problems.count > 5 ? "; and \(problems.count - 5) more" : ""
            let faults =
                problems.isEmpty ? "" : " Not imported: \(problems.prefix(5).joined(separator: "; "))\(rest)."
            return "\(imported) memories were imported from \(path).\(faults)"
        }
    }

    /// Imports what is at `path`; nil when that was imported before, or nothing is there.
    func run(_ path: String) async throws -> Report? {
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            return Report(path: path, problems: ["there is nothing at this path"])
        }
        let source = isDirectory ? try folder(path) : try lines(path)
        guard !(try store.hasExchanged(source.fingerprint)) else { return nil }
        var report = Report(path: path, problems: source.problems)
        for (line, vector) in source.lines {
            try Task.checkCancellation()
            let vectors =
                try await embedder?.embed(Passages.embedded(line.content)) ?? vector.map { [$0] } ?? []
            _ = try store.put(
                MemoryDraft(
                    namespace: .local,
                    key: line.key,
                    content: line.content,
                    metadata: line.metadata,
                    source: line.source ?? "import",
                    vectors: vectors,
                    model: embedder?.identity ?? Self.model,
                    now: line.updatedAt ?? Moment.now()
                ),
                most: settings.limits.memories
            )
            report.imported += 1
        }
        try store.rememberImport(source.fingerprint, of: path)
        return report
    }

    private struct Source {
        var fingerprint: FileFingerprint
        var lines: [(MemoryLine, [Float]?)] = []
        var problems: [String] = []
    }

    private func lines(_ path: String) throws -> Source {
        let bytes = try FileBytes.read(path) ?? []
        var source = Source(fingerprint: FileFingerprint(bytes))
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { $0 > 0x20 }) {
            do throws(MemoryLine.Fault) {
                source.lines.append((try MemoryLine(Array(line), limits: settings.limits), nil))
            } catch {
                source.problems.append("line \(index + 1): \(error.sentence)")
            }
        }
        return source
    }

    private func folder(_ path: String) throws -> Source {
        let folder = "\(path)/metadata"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".json")
        }.sorted()
        var all: [UInt8] = []
        var read: [(MemoryLine, String)] = []
        var problems: [String] = []
        for name in names {
            guard let bytes = try FileBytes.read("\(folder)/\(name)") else { continue }
            all += bytes
            do throws(MemoryLine.Fault) {
                read.append((try MemoryLine(bytes, limits: settings.limits), name))
            } catch {
                problems.append("\(name): \(error.sentence)")
            }
        }
        var index: FAISSIndex?
        if embedder == nil, let bytes = try FileBytes.read("\(path)/faiss.index") {
            do throws(FAISSIndex.Fault) { index = try FAISSIndex(bytes) } catch {
                problems.append("faiss.index: \(error.sentence)")
            }
        }
        if let found = index, found.dimensions != Self.dimensions {
            problems.append(
                "faiss.index: its vectors have \(found.dimensions) floats, not \(Self.dimensions); they are computed when there is a model"
            )
            index = nil
        }
        var source = Source(fingerprint: FileFingerprint(all), problems: problems)
        for (line, name) in read {
            let vector = line.embeddingID.flatMap { index?.vector($0) }
            if index != nil, line.embeddingID != nil, vector == nil {
                source.problems.append(
                    "the vector of \(name) in faiss.index is missing or has something else than numbers; the text was imported"
                )
            }
            source.lines.append((line, vector.map(Self.unit)))
        }
        return source
    }

    private static func unit(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? vector.map { $0 / length } : vector
    }
}
