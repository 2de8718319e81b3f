/// The directives of Cache-Control that a private cache heeds: RFC 9111 section 5.2.
struct CacheControl: Sendable, Equatable {
    var noStore = false
    var noCache = false
    /// Seconds; nil: not said.
    var maxAge: Int64?

    init(_ headers: HeaderFields) {
        for part in (headers.joined("Cache-Control") ?? "").split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\"" } }
            switch pair.first?.lowercased() {
            case "no-store": noStore = true
            case "no-cache": noCache = true
            // What cannot be read counts as used up: section 4.2.1.
            case "max-age": maxAge = max(0, pair.count > 1 ? Int64(pair[1]) ?? 0 : 0)
            default: break
            }
        }
    }
}
