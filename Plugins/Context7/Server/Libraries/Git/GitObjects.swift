/// The objects of a git repository, read from its own files: no git is started and nothing is written.
///
/// An object is a file of its own, or part of a pack, in the repository or in one that it borrows from.
struct GitObjects: Sendable {
    /// Objects longer than this are no documentation, nor the base of any.
    static let longest = 64 << 20
    /// Deltas upon each other at most; git itself makes fifty.
    private static let deepest = 4096
    /// Repositories that borrow from each other at most.
    private static let borrowed = 8

    private let folders: [String]
    private let packs: [GitPack]

    /// - Parameter folder: The repository's own folder, which holds `objects`.
    /// - Throws: ``SystemError`` when it cannot be looked at; ``GitFault`` for a pack of another form.
    init(folder: String) throws {
        var folders = ["\(folder)/objects"]
        var next = 0
        while next < folders.count, folders.count <= Self.borrowed {
            let text = (try? FileBytes.read("\(folders[next])/info/alternates", limit: 1 << 16)) ?? []
            for line in String(decoding: text, as: UTF8.self).split(separator: "\n")
            where !line.hasPrefix("#") {
                let path = line.hasPrefix("/") ? String(line) : "\(folders[next])/\(line)"
                if !folders.contains(path) { folders.append(path) }
            }
            next += 1
        }
        self.folders = folders
        packs = try folders.flatMap { folder -> [GitPack] in
            let entries: [DirectoryEntries.Entry]
            do throws(SystemError) { entries = try DirectoryEntries.read("\(folder)/pack") } catch {
                if error.isAbsence { return [] }
                throw error
            }
            return try entries.map(\.name).filter { $0.hasSuffix(".idx") }.sorted()
                .map { try GitPack(path: "\(folder)/pack/\($0.dropLast(4))") }
        }
    }

    /// An object by its name.
    ///
    /// - Throws: ``GitFault`` when it is not there, damaged or longer than ``longest``.
    func object(_ id: GitObjectID) throws -> GitObject {
        do {
            var deltas: [[UInt8]] = []
            var found = try base(id, &deltas)
            while let delta = deltas.popLast() {
                found.bytes = try GitDelta.apply(delta, to: found.bytes, limit: Self.longest)
            }
            return found
        } catch Inflation.Failure.tooLong {
            throw GitFault.tooLong(id)
        } catch is Inflation.Failure {
            throw GitFault.damaged("The git object \(id)")
        }
    }

    /// The tree of a commit, or of the commit that a tag names.
    func tree(of id: GitObjectID) throws -> GitObject {
        var object = try object(id)
        // A tag may name a tag.
        for _ in 0..<8 where object.kind != .tree {
            guard let target = object.target else { break }
            object = try self.object(target)
        }
        guard object.kind == .tree else { throw GitFault.damaged("What the git object \(id) leads to") }
        return object
    }

    /// The whole object that others are deltas to, and these, the last one first.
    private func base(_ id: GitObjectID, _ deltas: inout [[UInt8]]) throws -> GitObject {
        var id = id
        var place = try packed(id)
        var size = 0
        while deltas.count < Self.deepest, size <= Self.longest {
            guard let (pack, offset) = place else {
                guard let object = try loose(id) else { throw GitFault.absent(id) }
                return object
            }
            let stored = try pack.stored(at: offset, limit: Self.longest)
            switch stored.form {
            case .whole(let kind): return GitObject(kind: kind, bytes: stored.bytes)
            case .delta(let offset): place = (pack, offset)
            case .deltaTo(let base):
                id = base
                place = try packed(base)
            }
            deltas.append(stored.bytes)
            size += stored.bytes.count
        }
        throw GitFault.damaged("The git object \(id)")
    }

    private func packed(_ id: GitObjectID) throws -> (GitPack, Int)? {
        for pack in packs {
            if let offset = try pack.offset(of: id) { return (pack, offset) }
        }
        return nil
    }

    /// An object with a file of its own: its kind, its size, a zero, its bytes, all of it compressed.
    private func loose(_ id: GitObjectID) throws -> GitObject? {
        let name = id.description
        for folder in folders {
            guard let file = try? OpenFile("\(folder)/\(name.prefix(2))/\(name.dropFirst(2))") else {
                continue
            }
            var position = 0
            let bytes = try Inflation.inflate(limit: Self.longest) {
                let part = try file.read(at: position, count: 64 << 10)
                position += part.count
                return part
            }
            let head = bytes.prefix(32).prefix { $0 != 0 }
            let words = String(decoding: head, as: UTF8.self).split(separator: " ")
            guard words.count == 2, let kind = GitObject.Kind(rawValue: String(words[0])),
                Int(words[1]) == bytes.count - head.count - 1
            else { throw GitFault.damaged("The git object \(id)") }
            return GitObject(kind: kind, bytes: Array(bytes.dropFirst(head.count + 1)))
        }
        return nil
    }
}
