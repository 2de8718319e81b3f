package import RoostJSON

/// Who a server or client says it is.
///
/// For display and logs: never a reason to trust.
package struct Implementation: Sendable {
    package var name: String
    package var version: String
    package var title: String?

    package init(name: String, version: String, title: String? = nil) {
        self.name = name
        self.version = version
        self.title = title
    }

    package var json: JSONValue {
        var object: JSONObject = ["name": .string(name), "version": .string(version)]
        object["title"] = title.map { .string($0) }
        return .object(object)
    }
}
