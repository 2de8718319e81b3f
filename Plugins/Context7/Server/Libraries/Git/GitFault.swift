/// Why something of a git checkout cannot be read.
enum GitFault: Error, Sendable, Hashable {
    case absent(GitObjectID)
    case damaged(String)
    case tooLong(GitObjectID)
    case unknownForm(String)
    case unreadable(GitObjectID, SystemError)
}

extension GitFault: CustomStringConvertible {
    /// The whole sentence, with what to do.
    var description: String {
        switch self {
        case .absent(let id):
            "The git object \(id) is not there. A shallow or partial clone lacks what older tags need: run git fetch --unshallow."
        case .damaged(let what): "\(what) is damaged. Run git fsck."
        case .tooLong(let id):
            "The git object \(id) is longer than \(GitObjects.longest >> 20) MiB. Exclude its folder."
        case .unreadable(let id, let error): "The git object \(id) could not be read: \(error)."
        case .unknownForm(let what):
            "\(what) has a form this version does not read: expected objects named by SHA-1 and packs of version 2. Run git repack."
        }
    }
}
