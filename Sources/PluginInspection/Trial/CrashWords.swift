/// How a crash is told in a sentence.
enum CrashWords {
    /// Where it happened and what the process said last, as the end of a sentence; empty when neither is known.
    static func place(_ place: String?, _ output: [String]) -> String {
        var words = place.map { ", in \($0)" } ?? ""
        if let line = output.last(where: {
            $0.contains("Fatal error") || $0.contains("abort") || $0.contains("ssertion")
        }) ?? output.last {
            words += "; it printed last: \(line.prefix(200))"
        }
        return words
    }
}
