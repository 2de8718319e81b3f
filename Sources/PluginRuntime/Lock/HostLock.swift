import RoostJSON

/// What every plugin of a host is, so that nothing else is ever served: the content of host.lock.
///
/// JSON with sorted keys, one fact on a line: made to be kept under version control and read as a difference.
package struct HostLock: Sendable, Hashable {
    /// What the file must say under `roostLock`; another number is another format.
    private static let version: Int64 = 1

    /// By alias.
    package var pins: [String: PluginPin]

    package init(pins: [String: PluginPin]) { self.pins = pins }

    /// Reads a lock's text; nil when it is none that this host can hold plugins to.
    package init?(_ bytes: [UInt8]) {
        guard let json = try? JSONValue(parsing: bytes), json.object?.count == 2,
            json["roostLock"]?.integer == Self.version, let plugins = json["plugins"]?.object
        else { return nil }
        pins = [:]
        for (alias, entry) in plugins.members {
            guard let pin = PluginPin(entry) else { return nil }
            pins[alias] = pin
        }
    }

    /// What the file holds.
    package var bytes: [UInt8] {
        let plugins = pins.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
        let json: JSONValue = ["roostLock": .integer(Self.version), "plugins": .object(JSONObject(plugins))]
        return Array((Self.text(json, indent: "") + "\n").utf8)
    }

    private static func text(_ value: JSONValue, indent: String) -> String {
        let inner = indent + "  "
        switch value {
        case .object(let object) where !object.isEmpty:
            let lines = object.members.map { key, value in
                "\(inner)\(JSONValue.string(key).text): \(text(value, indent: inner))"
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        default: return value.text
        }
    }
}
