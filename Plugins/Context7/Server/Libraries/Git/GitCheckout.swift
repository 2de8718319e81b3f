/// Where a git checkout came from, read from its own files: no git is started.
struct GitCheckout: Sendable, Equatable {
    /// The web address of the project, for hosts that show files: https://github.com/owner/name.
    let webAddress: String
    /// The commit that is checked out.
    let commit: String

    /// Nil when the folder is no checkout, or came from a place that shows no files.
    init?(folder: String) {
        guard let git = GitFolder(ofCheckout: folder), let config = git.text("config"),
            let origin = Self.origin(in: config), let address = Self.webAddress(of: origin),
            let commit = Self.commit(in: git)
        else { return nil }
        webAddress = address
        self.commit = commit
    }

    /// The page that shows a file.
    func page(of path: String, line: Int) -> String {
        "\(webAddress)/blob/\(commit)/\(path)\(line > 1 ? "#L\(line)" : "")"
    }

    private static func commit(in git: GitFolder) -> String? {
        guard let head = git.text("HEAD", ofCheckout: true)?.trimmed else { return nil }
        guard head.hasPrefix("ref:") else { return head.count >= 40 ? head : nil }
        let name = head.dropFirst(4).trimmed
        if let commit = git.text(name)?.trimmed, commit.count >= 40 { return commit }
        let packed = git.text("packed-refs")?.split(separator: "\n").first { $0.hasSuffix(" \(name)") }
        return packed.map { String($0.prefix { $0 != " " }) }
    }

    static func origin(in config: String) -> String? {
        var isOrigin = false
        for line in config.split(separator: "\n").map(\.trimmed) {
            if line.hasPrefix("[") { isOrigin = line == "[remote \"origin\"]" }
            guard isOrigin, line.hasPrefix("url"), let sign = line.firstIndex(of: "=") else { continue }
            return line[line.index(after: sign)...].trimmed
        }
        return nil
    }

    /// `git@github.com:owner/name.git` and `https://github.com/owner/name` as the latter; without a user's name or password.
    static func webAddress(of origin: String) -> String? {
        var text = origin
        if text.hasPrefix("git@"), let colon = text.firstIndex(of: ":") {
            text = "https://\(text.dropFirst(4).prefix { $0 != ":" })/\(text[text.index(after: colon)...])"
        }
        guard text.hasPrefix("https://") || text.hasPrefix("http://") || text.hasPrefix("ssh://") else {
            return nil
        }
        guard let scheme = text.firstRange(of: "://") else { return nil }
        var rest = text[scheme.upperBound...]
        if let at = rest.firstIndex(of: "@"), at < rest.firstIndex(of: "/") ?? rest.endIndex {
            rest = rest[rest.index(after: at)...]
        }
        while rest.hasSuffix("/") { rest = rest.dropLast() }
        if rest.hasSuffix(".git") { rest = rest.dropLast(4) }
        let parts = rest.split(separator: "/")
        guard parts.count >= 3, parts[0].contains(".") else { return nil }
        return "https://\(rest)"
    }
}
