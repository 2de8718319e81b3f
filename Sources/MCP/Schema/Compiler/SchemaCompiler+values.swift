import RoostJSON

/// Readers for the values of keywords.
extension SchemaCompiler {
    func wrong(_ view: JSONView, _ place: SchemaPlace, _ keyword: String, _ expected: String) -> SchemaError {
        .invalidKeyword(path: place.location + "/" + keyword, expected: expected, found: view.excerpt)
    }

    func string(_ view: JSONView, _ path: String) throws(SchemaError) -> String {
        guard let text = view.string else {
            throw .invalidKeyword(path: path, expected: "a string", found: view.excerpt)
        }
        return text
    }

    func strings(_ view: JSONView, _ path: String) throws(SchemaError) -> [String] {
        guard view.kind == .array else {
            throw .invalidKeyword(path: path, expected: "an array of property names", found: view.excerpt)
        }
        var result: [String] = []
        for element in view.elementViews { result.append(try string(element, "\(path)/\(result.count)")) }
        return result
    }

    /// The value of a keyword that counts; nil when it is absent.
    func count(_ keyword: String, in place: SchemaPlace) throws(SchemaError) -> Int? {
        guard let view = place.view[keyword] else { return nil }
        guard let value = view.integer, value >= 0 else {
            throw wrong(view, place, keyword, "an integer of at least 0")
        }
        return Int(value)
    }

    func types(_ view: JSONView, _ path: String) throws(SchemaError) -> SchemaTypes {
        let expected = "null, boolean, integer, number, string, array, object, or an array of these"
        let names = view.kind == .array ? view.elements : [view]
        var types: SchemaTypes = []
        for name in names {
            guard let type = name.string.flatMap(SchemaTypes.init(name:)) else {
                throw .invalidKeyword(path: path, expected: expected, found: name.excerpt)
            }
            types.insert(type)
        }
        guard !types.isEmpty else {
            throw .invalidKeyword(path: path, expected: expected, found: view.excerpt)
        }
        return types
    }

    func pattern(_ source: String, _ path: String) throws(SchemaError) -> ECMAPattern {
        do throws(ECMAPatternError) {
            return try ECMAPattern(source)
        } catch {
            throw .unsupportedPattern(source, path: path, reason: error.reason)
        }
    }

    /// The subschemas of a keyword that holds an array of them; none when it is absent.
    mutating func list(_ keyword: String, in place: SchemaPlace) throws(SchemaError) -> [Int] {
        guard let view = place.view[keyword] else { return [] }
        guard view.kind == .array, view.count > 0 else {
            throw wrong(view, place, keyword, "an array of schemas")
        }
        var nodes: [Int] = []
        for element in view.elementViews {
            nodes.append(try number(of: place.child(element, keyword, String(nodes.count))))
        }
        return nodes
    }

    /// The subschemas of a keyword that holds an object of them; none when it is absent.
    mutating func map(
        _ keyword: String,
        in place: SchemaPlace
    ) throws(SchemaError) -> [(key: String, node: Int)] {
        guard let view = place.view[keyword] else { return [] }
        guard view.kind == .object else { throw wrong(view, place, keyword, "an object of schemas") }
        var nodes: [(key: String, node: Int)] = []
        for (key, value) in view.members {
            nodes.append((key, try number(of: place.child(value, keyword, key))))
        }
        return nodes
    }
}
