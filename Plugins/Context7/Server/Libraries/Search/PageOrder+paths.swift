extension PageOrder {
    /// True for pages about a project's own course: what was proposed, what changed, how to take part.
    ///
    /// They speak of the same things as the guides, and a question about use wants the guide.
    static func isAboutTheProject(_ path: String) -> Bool {
        path.lowercased().split(separator: "/").contains { part in
            let name = part.prefix { $0 != "." }
            return names.contains(String(name))
        }
    }

    private static let names: Set<String> = [
        "proposals", "proposal", "rfcs", "rfc", "changelog", "changes", "history", "contributing",
        "code_of_conduct", "security",
        "governance", "maintainers", "contributors",
    ]
}
