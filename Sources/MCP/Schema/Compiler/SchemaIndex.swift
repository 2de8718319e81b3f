import RoostJSON

/// What can be referred to in a schema document: resources (`$id`), anchors, and any place by pointer.
struct SchemaIndex {
    /// The part of a document under one `$id`.
    struct Resource {
        let uri: String
        let root: SchemaPlace
        let dialect: SchemaDialect
        var anchors: [String: SchemaPlace] = [:]
        var dynamicAnchors: [String: SchemaPlace] = [:]
    }

    private(set) var resources: [Resource] = []
    /// Resource numbers by the position of their root.
    private var numbers: [Int: Int] = [:]
    private var byURI: [String: Int] = [:]

    /// The document's root.
    var root: SchemaPlace { resources[0].root }

    init(document: JSONView, limits: SchemaLimits) throws(SchemaError) {
        var open = [SchemaPlace(view: document, location: "", resource: -1)]
        var visited = 0
        while let place = open.popLast() {
            visited += 1
            guard visited <= limits.subschemas else { throw .tooManySubschemas(limit: limits.subschemas) }
            let place = try entered(place)
            try addAnchors(of: place)
            addChildren(of: place, to: &open)
        }
    }

    // MARK: Resolving

    /// The subschema a reference means, seen from `place`.
    func resolve(
        _ reference: String,
        from place: SchemaPlace,
        path: String
    ) throws(SchemaError) -> SchemaPlace {
        let (base, fragment) = SchemaURI.split(
            SchemaURI.resolve(reference, against: resources[place.resource].uri)
        )
        guard let number = reference.hasPrefix("#") ? place.resource : byURI[base] else {
            throw .remoteReference(reference, path: path)
        }
        let resource = resources[number]
        guard let name = SchemaURI.percentDecoded(fragment) else {
            throw .unresolvedReference(reference, path: path)
        }
        let target =
            name.isEmpty || name.hasPrefix("/")
            ? self.place(at: name, from: resource.root) : resource.anchors[name]
        guard let target else { throw .unresolvedReference(reference, path: path) }
        return target
    }

    /// The place a pointer leads to from a resource's root, in the resource that encloses it.
    func place(at pointer: String, from root: SchemaPlace) -> SchemaPlace? {
        guard let tokens = JSONPointer.tokens(of: pointer) else { return nil }
        var place = root
        for token in tokens {
            guard let view = place.view.child(token) else { return nil }
            let child = place.child(view, token)
            place = SchemaPlace(
                view: view,
                location: child.location,
                resource: numbers[view.position] ?? place.resource
            )
        }
        return place
    }

    // MARK: Filling

    /// The place with its resource: a new one when it is the root or has an `$id`.
    private mutating func entered(_ place: SchemaPlace) throws(SchemaError) -> SchemaPlace {
        let isRoot = place.resource < 0
        let outer = isRoot ? .draft202012 : resources[place.resource].dialect
        let id = place.view["$id"]?.string
        let isShadowed = outer == .draft07 && place.view["$ref"] != nil && !isRoot
        guard isRoot || (id.map { !$0.hasPrefix("#") } ?? false && !isShadowed) else { return place }
        var dialect = outer
        if let named = place.view["$schema"] {
            let path = place.location + "/$schema"
            guard let uri = named.string else {
                throw .invalidKeyword(path: path, expected: "a string", found: named.excerpt)
            }
            guard let known = SchemaDialect(uri: uri) else { throw .unsupportedDialect(uri, path: path) }
            dialect = known
        }
        let base = isRoot ? "" : resources[place.resource].uri
        let uri = SchemaURI.split(SchemaURI.resolve(id ?? "", against: base)).base
        let number = resources.count
        let root = SchemaPlace(view: place.view, location: place.location, resource: number)
        resources.append(Resource(uri: uri, root: root, dialect: dialect))
        numbers[place.view.position] = number
        if byURI.updateValue(number, forKey: uri) != nil {
            throw .duplicateIdentifier(uri, path: place.location + "/$id")
        }
        return root
    }

    private mutating func addAnchors(of place: SchemaPlace) throws(SchemaError) {
        let resource = place.resource
        switch resources[resource].dialect {
        case .draft07:
            guard let id = place.view["$id"]?.string, id.hasPrefix("#"), id != "#" else { return }
            try add(String(id.dropFirst()), of: place, keyword: "$id")
        case .draft202012:
            if let name = place.view["$anchor"]?.string { try add(name, of: place, keyword: "$anchor") }
            if let name = place.view["$dynamicAnchor"]?.string {
                try add(name, of: place, keyword: "$dynamicAnchor")
                resources[resource].dynamicAnchors[name] = place
            }
        }
    }

    private mutating func add(_ name: String, of place: SchemaPlace, keyword: String) throws(SchemaError) {
        if let other = resources[place.resource].anchors[name], other.view.position != place.view.position {
            throw .duplicateIdentifier(name, path: place.location + "/" + keyword)
        }
        resources[place.resource].anchors[name] = place
    }

    private static let single: Set<String> = [
        "additionalProperties", "propertyNames", "items", "additionalItems", "contains", "not", "if", "then",
        "else",
        "unevaluatedItems", "unevaluatedProperties",
    ]
    private static let lists: Set<String> = ["allOf", "anyOf", "oneOf", "prefixItems", "items"]
    private static let maps: Set<String> = [
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies",
    ]

    private func addChildren(of place: SchemaPlace, to open: inout [SchemaPlace]) {
        for (key, value) in place.view.members {
            switch value.kind {
            case .object where Self.single.contains(key): open.append(place.child(value, key))
            case .object where Self.maps.contains(key):
                for member in value.members where member.value.kind == .object {
                    open.append(place.child(member.value, key, member.key))
                }
            case .array where Self.lists.contains(key):
                for (offset, element) in value.elementViews.enumerated() where element.kind == .object {
                    open.append(place.child(element, key, String(offset)))
                }
            default: break
            }
        }
    }
}
