import RoostJSON

/// Smaller values that may still show the same fault, the smallest first.
enum Shrinking {
    static func candidates(of value: JSONValue) -> [JSONValue] {
        switch value {
        case .object(let object): return objects(object)
        case .array(let elements): return arrays(elements)
        case .string(let text): return texts(text).map { .string($0) }
        // Always nearer to zero: what may grow again would never end.
        case .integer(let number):
            return [0, 1, number / 2].filter { $0.magnitude < number.magnitude }.map { .integer($0) }
        case .number(let number):
            return [0, 1, (number / 2).rounded()].filter { $0.magnitude < number.magnitude }.map {
                .number($0)
            }
        case .bool(let flag): return flag ? [false] : []
        case .null: return []
        }
    }

    private static func objects(_ object: JSONObject) -> [JSONValue] {
        var result: [JSONValue] = []
        if object.count > 1 { result.append([:]) }
        for key in object.keys {
            var less = object
            less[key] = JSONValue?.none
            result.append(.object(less))
        }
        for (key, value) in object.members {
            for smaller in candidates(of: value) {
                var changed = object
                changed[key] = smaller
                result.append(.object(changed))
            }
        }
        return result
    }

    private static func arrays(_ elements: [JSONValue]) -> [JSONValue] {
        guard !elements.isEmpty else { return [] }
        var result: [JSONValue] = [[]]
        let half = elements.count / 2
        if half > 0 { result += [.array(Array(elements[..<half])), .array(Array(elements[half...]))] }
        for place in elements.indices.prefix(16) {
            if elements.count > 1 {
                var less = elements
                less.remove(at: place)
                result.append(.array(less))
            }
            for smaller in candidates(of: elements[place]) {
                var changed = elements
                changed[place] = smaller
                result.append(.array(changed))
            }
        }
        return result
    }

    private static func texts(_ text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        guard !scalars.isEmpty else { return [] }
        func string(_ part: some Sequence<Unicode.Scalar>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: part)
            return String(view)
        }
        var result = [""]
        let half = scalars.count / 2
        if half > 0 {
            result += [string(scalars[..<half]), string(scalars[half...]), string(scalars.dropLast())]
        }
        let plain = string(scalars.map { $0.isASCII && $0.properties.isAlphabetic ? $0 : "a" })
        if plain != text { result.append(plain) }
        return result
    }
}
