package import RoostJSON

/// Reads `types` and `functions` and collects what is wrong; a fault never stops the look at the rest.
///
/// The host reads them to name faults before anything runs; the plugin reads the same again, to act on them.
package struct DeclarationReader {
    typealias Path = [DeclarationStep]

    /// What is wrong, in the order of the file.
    package private(set) var faults: [DeclarationFault] = []
    var types: [String: ValueType] = [:]
    var symbols: [LibraryDeclaration.Symbol] = []

    package init() {}

    /// Reads a declaration.
    ///
    /// - Parameters:
    ///   - types: The mapping `types`; nil: there is none.
    ///   - functions: The mapping `functions`.
    /// - Returns: What could be read; to be used only when ``faults`` is empty.
    package mutating func read(types: JSONValue?, functions: JSONValue) -> LibraryDeclaration {
        if let types { readTypes(types, ["types"]) }
        var result: [FunctionDeclaration] = []
        for (name, value) in members(functions, ["functions"]) ?? [] {
            let path: Path = ["functions", .key(name)]
            if !Self.isToolName(name) {
                fault(path, "a tool's name of at most 64 letters, digits, _ - and .", "\"\(name)\"")
            }
            if let function = function(name, value, path) { result.append(function) }
        }
        if result.isEmpty, faults.isEmpty { fault(["functions"], "at least one function", "none") }
        return LibraryDeclaration(functions: result, symbols: symbols)
    }

    // MARK: Values

    mutating func fault(_ path: Path, _ expected: String, _ found: String) {
        faults.append(DeclarationFault(path: path, expected: expected, found: found))
    }

    mutating func fault(_ path: Path, _ expected: String, _ found: JSONValue) {
        fault(path, expected, Self.excerpt(found))
    }

    static func excerpt(_ value: JSONValue) -> String {
        switch value {
        case .object: "a mapping"
        case .array: "a list"
        case .null: "nothing"
        case .string(let text): "\"\(text.prefix(64))\""
        default: value.text
        }
    }

    /// The members of a mapping whose keys the file chooses.
    mutating func members(_ value: JSONValue, _ path: Path) -> [(key: String, value: JSONValue)]? {
        guard let object = value.object else {
            fault(path, "a mapping", value)
            return nil
        }
        return object.members
    }

    /// A mapping with these keys and no others.
    mutating func mapping(_ value: JSONValue, _ path: Path, keys: [String]) -> JSONObject? {
        guard let object = value.object else {
            fault(path, "a mapping", value)
            return nil
        }
        for key in object.keys where !keys.contains(key) {
            fault(path + [.key(key)], "one of the keys \(keys.joined(separator: ", "))", "\"\(key)\"")
        }
        return object
    }

    mutating func elements(_ value: JSONValue, _ path: Path) -> [JSONValue] {
        guard let elements = value.array else {
            fault(path, "a list", value)
            return []
        }
        return elements
    }

    mutating func text(_ object: JSONObject, _ key: String, _ path: Path) -> String? {
        guard let value = object[key] else { return nil }
        guard let text = value.string, !text.isEmpty else {
            fault(path + [.key(key)], "a text", value)
            return nil
        }
        return text
    }

    mutating func flag(_ object: JSONObject, _ key: String, _ path: Path) -> Bool {
        guard let value = object[key] else { return false }
        if let flag = value.bool { return flag }
        fault(path + [.key(key)], "true or false", value)
        return false
    }

    mutating func choice<Value: RawRepresentable & CaseIterable>(
        _ object: JSONObject,
        _ key: String,
        _ path: Path,
        _ type: Value.Type
    ) -> Value? where Value.RawValue == String {
        guard let value = object[key] else { return nil }
        if let choice = value.string.flatMap(Value.init(rawValue:)) { return choice }
        let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
        fault(path + [.key(key)], "one of \(names)", value)
        return nil
    }

    /// The name of a symbol, which is remembered.
    mutating func symbol(_ object: JSONObject, _ key: String, _ path: Path) -> String? {
        guard let name = text(object, key, path) else { return nil }
        symbols.append(LibraryDeclaration.Symbol(name: name, path: path + [.key(key)]))
        return name
    }

    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
        return text.utf8.count <= 64
            && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isToolName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_-.".utf8.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
