/// Words in an order in which a description of a tool has no need of them: orders to the model about its rules, its user, other
/// tools and secrets.
enum InjectionPhrases {
    /// One word of each group, in this order, each within a few words of the one before.
    private struct Phrase {
        var groups: [Set<String>]
        /// Words that may stand between two groups.
        var gap = 4

        init(_ groups: Set<String>..., gap: Int = 4) {
            self.groups = groups
            self.gap = gap
        }
    }

    private static let phrases = [
        Phrase(
            ["ignore", "disregard", "forget", "override", "bypass"],
            ["previous", "prior", "above", "earlier", "all", "other", "your", "system"],
            ["instructions", "instruction", "rules", "prompt", "prompts", "guidelines", "policies"]
        ),
        Phrase(
            ["not", "never", "don't", "without"],
            [
                "tell", "inform", "mention", "reveal", "show", "telling", "informing", "mentioning", "asking",
                "notify",
            ],
            ["user", "human", "anyone", "them"],
            gap: 3
        ),
        Phrase(
            ["you"],
            ["must", "always", "should"],
            ["call", "use", "invoke", "run"],
            ["before", "first", "instead"],
            gap: 5
        ),
        Phrase(
            ["before", "instead"],
            ["using", "calling", "invoking", "of"],
            ["other", "any"],
            ["tool", "tools"],
            gap: 2
        ),
        Phrase(["system"], ["prompt", "message"], ["is", "says", "override", "follows"], gap: 1),
        Phrase(["you"], ["are"], ["now"], ["a", "an", "in", "no", "free", "the"], gap: 1),
        Phrase(
            ["read", "send", "include", "pass", "copy", "upload", "attach", "exfiltrate", "steal"],
            [
                "ssh", "id_rsa", "credentials", "password", "passwords", "secrets", "token", "tokens", "env",
                "keys",
            ],
            ["to", "as", "in", "into", "argument", "parameter", "sidenote"],
            gap: 6
        ),
        Phrase(["conversation", "chat"], ["history", "context"], ["to", "into", "as"], gap: 3),
        Phrase(["jailbreak", "exfiltrate"]),
    ]

    /// Marks that stand for a speaker or an order in a model's context.
    private static let marks = [
        "<important>", "<system>", "</system>", "<instructions>", "[inst]", "<|im_start|>", "<|system|>",
        "<<sys>>",
        "### instruction", "begin system prompt", "<!--",
    ]

    /// The words of the first phrase or mark found; nil when there is none.
    static func first(in text: String) -> String? {
        let lower = text.lowercased()
        if let mark = marks.first(where: { lower.contains($0) }) { return mark }
        let words = lower.replacing("\u{2019}", with: "'").split {
            !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "_")
        }
        guard words.count <= 20_000 else { return nil }
        for phrase in phrases {
            for start in words.indices where phrase.groups[0].contains(String(words[start])) {
                if let end = end(of: phrase, in: words, from: start) {
                    return words[start...end].joined(separator: " ")
                }
            }
        }
        return nil
    }

    private static func end(of phrase: Phrase, in words: [Substring], from start: Int) -> Int? {
        var place = start
        for group in phrase.groups.dropFirst() {
            let near = (place + 1)..<min(words.count, place + 2 + phrase.gap)
            guard !near.isEmpty, let next = near.first(where: { group.contains(String(words[$0])) }) else {
                return nil
            }
            place = next
        }
        return place
    }
}
