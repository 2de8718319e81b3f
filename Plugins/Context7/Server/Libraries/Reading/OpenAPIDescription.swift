import RoostJSON
import YAML

/// An OpenAPI 3 or Swagger 2 description, in JSON or YAML.
struct OpenAPIDescription: Sendable {
    let root: JSONValue
    /// What the described service is called.
    let title: String
    /// The version of the service; nil: it does not say.
    let version: String?
    /// The version of OpenAPI or Swagger.
    let form: String
    /// The same in YAML, which knows its lines; nil: it was JSON.
    private let lines: YAMLNode?

    /// Values of a YAML file at most: one of the greatest length a page may have holds fewer.
    private static let most = 1_000_000

    /// Nil when the text is no such description.
    init?(_ text: String, isYAML: Bool) {
        // Most files of these names are something else: this looks at the bytes only.
        guard text.contains("openapi") || text.contains("swagger") else { return nil }
        lines = isYAML ? (try? YAMLParser.parse(text, maximumCount: Self.most)) ?? nil : nil
        guard let root = isYAML ? lines?.json : try? JSONValue(parsing: text), let info = root["info"]?.object
        else { return nil }
        // Without quotes 3.10 is a number to YAML; here it is a name, taken as it is written.
        let names = lines.map { node in
            { (keys: [String]) in node.value(at: keys)?.scalar?.text }
        }
        let named = names ?? { keys in keys.reduce(root) { $0?[$1] }?.string }
        guard let form = named(["openapi"]) ?? named(["swagger"]) else { return nil }
        self.form = form
        self.root = root
        title = info["title"]?.string ?? "API"
        version = named(["info", "version"])
    }

    /// The line where something begins, from 1; 0: unknown.
    func line(of keys: [String]) -> Int {
        guard let last = keys.last, let parent = lines?.value(at: keys.dropLast()) else { return 0 }
        return parent.member(last)?.key.mark.line ?? 0
    }

    /// Follows one reference inside of the description.
    func resolved(_ value: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.string, reference.hasPrefix("#/") else { return value }
        var place: JSONValue? = root
        for part in reference.dropFirst(2).split(separator: "/") {
            let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            place = place?[name]
        }
        return place ?? value
    }
}

extension YAMLNode {
    /// The value that keys lead to, one below the other.
    fileprivate func value(at keys: some Sequence<String>) -> YAMLNode? {
        var node: YAMLNode? = self
        for key in keys { node = node?.member(key)?.value }
        return node
    }
}
