/// Where a checkout keeps what git knows of it.
struct GitFolder: Sendable, Hashable {
    /// What belongs to this checkout alone, such as the commit that is checked out.
    private let own: String
    /// What checkouts of one repository share: objects, tags, config.
    let shared: String

    /// Nil when the folder is no checkout.
    init?(ofCheckout folder: String) {
        let path = "\(folder)/.git"
        if DirectoryEntries.isFolder(path) {
            own = path
        } else {
            // A worktree's or a submodule's is elsewhere.
            guard let text = Self.text(path), text.hasPrefix("gitdir:") else { return nil }
            own = Self.path(text.dropFirst(7).trimmed, from: folder)
        }
        shared = Self.text("\(own)/commondir").map { [own] in Self.path($0.trimmed, from: own) } ?? own
    }

    /// The text of a file that checkouts share, or of one `ofCheckout` alone; nil when there is none.
    func text(_ name: String, ofCheckout isOwn: Bool = false) -> String? {
        Self.text("\(isOwn ? own : shared)/\(name)")
    }

    private static func path(_ path: String, from folder: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    private static func text(_ path: String) -> String? {
        guard let bytes = try? FileBytes.read(path, limit: 32 << 20) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
