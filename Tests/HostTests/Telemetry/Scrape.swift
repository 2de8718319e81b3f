import RoostJSON

/// One answer of GET /metrics, read.
struct Scrape: Sendable {
    struct Series: Sendable {
        var name: String
        /// As they stand between the braces.
        var labels: String
        var value: Double
    }

    let text: String
    let contentType: String
    /// By the name of the family as TYPE has it.
    private(set) var kinds: [String: String] = [:]
    private(set) var series: [Series] = []

    /// Asks a host.
    init(port: Int, accept: String? = nil) async throws {
        var request = HTTPRequest(method: "GET", target: "/metrics")
        if let accept { request.fields.append("Accept", accept) }
        let reply = try await HTTPConnection.exchange(request, port: port)
        guard reply.status == 200 else { throw MalformedAnswer(what: "200", found: reply.description) }
        text = String(decoding: reply.body, as: UTF8.self)
        contentType = reply.head["Content-Type"] ?? ""
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("# TYPE ") { kinds[String(words[2])] = String(words[3]) }
            guard !line.hasPrefix("#"), let end = line.lastIndex(of: " ") else { continue }
            let name = line.prefix { $0 != "{" && $0 != " " }
            let labels = line[name.endIndex..<end].drop { $0 == "{" }.dropLast(line.contains("{") ? 1 : 0)
            series.append(
                Series(
                    name: String(name),
                    labels: String(labels),
                    value: Double(line[line.index(after: end)...]) ?? .nan
                )
            )
        }
    }

    /// Every name a query may use.
    var names: Set<String> { Set(series.map(\.name)) }

    /// The sum over all series of a name whose labels hold the text.
    func sum(_ name: String, _ labels: String = "") -> Double {
        series.filter { $0.name == name && (labels.isEmpty || $0.labels.contains(labels)) }
            .reduce(0) { $0 + $1.value }
    }

    /// The names of the labels of a family, without le.
    func labelNames(of family: String) -> Set<String> {
        let suffixes = kinds[family] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        let names = Set(suffixes.map { family + $0 })
        let all = series.filter { names.contains($0.name) }.flatMap { Self.labelNames(in: $0.labels) }
        return Set(all).subtracting(["le"])
    }

    private static func labelNames(in labels: String) -> [String] {
        labels.matches(of: /([a-z_]+)="(?:[^"\\]|\\.)*"/).map { String($0.1) }
    }
}
