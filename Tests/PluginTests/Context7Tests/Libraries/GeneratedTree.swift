/// A documentation tree of a few hundred pages with known answers: each subject has one page of its own, and words of other
/// pages all around it.
enum GeneratedTree {
    /// What a page is about: its title, a sentence that says it, and a question in other words.
    static let subjects: [(title: String, body: String, question: String)] = [
        (
            "Connection pooling", "Open connections are kept and lent to the next request.",
            "How are open connections kept for the next request?"
        ),
        (
            "Schema migrations", "Tables are altered step by step when a new version starts.",
            "How do I alter tables when a new version starts?"
        ),
        (
            "Rate limits", "A caller who asks too often is refused with status 429.",
            "Why is a caller refused with 429?"
        ),
        ("Access tokens", "Tokens are signed and expire after an hour.", "When do signed tokens expire?"),
        ("Tracing", "Spans are exported to a collector over HTTP.", "Where are spans exported to?"),
        (
            "Graceful shutdown", "Open calls finish before the process ends.",
            "Do open calls finish before the process ends?"
        ),
        (
            "Response cache", "Answers are kept under their arguments for five minutes.",
            "How long are answers kept under their arguments?"
        ),
        (
            "File uploads", "Large bodies are streamed in pieces of 64 kilobytes.",
            "How are large bodies streamed in pieces?"
        ),
        (
            "Background jobs", "Work is taken from a queue and acknowledged when done.",
            "When is work from the queue acknowledged?"
        ),
        (
            "Localization", "Messages are translated by files named after languages.",
            "How are messages translated into other languages?"
        ),
    ]

    /// Writes the tree: the ten pages, and beside them pages that share their words in another mix.
    static func write(to folder: TemporaryDirectory, others: Int) throws {
        for (number, subject) in subjects.enumerated() {
            try folder.write(
                "# \(subject.title)\n\n\(subject.body)\n\n```swift\nlet page\(number) = \(number)\n```\n",
                to: "guides/\(number).md"
            )
        }
        let words = subjects.flatMap { $0.body.split(separator: " ").map(String.init) }
        for page in 0..<others {
            // No dice: the same tree each time.
            let mixed = (0..<40).map { words[(page * 31 + $0 * 17) % words.count] }.joined(separator: " ")
            try folder.write("# Note \(page)\n\n\(mixed)\n", to: "notes/\(page % 12)/\(page).md")
        }
    }
}
