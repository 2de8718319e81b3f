import RoostJSON

/// One function: symbol, arguments, what it returns and how it fails.
extension DeclarationReader {
    private static let keys = ["description", "symbol", "arguments", "returns", "status", "read_only"]

    mutating func function(_ name: String, _ value: JSONValue, _ path: Path) -> FunctionDeclaration? {
        guard let object = mapping(value, path, keys: Self.keys) else { return nil }
        guard let symbol = symbol(object, "symbol", path) else {
            if object["symbol"] == nil {
                fault(path, "the key \"symbol\" with the function's name in the library", "none")
            }
            return nil
        }
        let parameters = object["arguments"].map { self.parameters($0, path + ["arguments"]) } ?? []
        let returned = object["returns"].map { self.returned($0, path + ["returns"]) } ?? ReturnedValue()
        let status = object["status"].map { self.status($0, path + ["status"]) } ?? .none
        check(status, of: returned, path)
        if parameters.count == object["arguments"]?.array?.count ?? 0 {
            checkLengths(parameters, returned, path)
        }
        if parameters.contains(where: { $0.name == returned.name && $0.isShown }), returned.type != nil {
            fault(path + ["returns"], "another name than an argument's", "\"\(returned.name)\"")
        }
        checkReturned(returned, parameters, path)
        return FunctionDeclaration(
            name: name,
            symbol: symbol,
            description: text(object, "description", path) ?? "Calls \(symbol).",
            parameters: parameters,
            returned: returned,
            status: status,
            isReadOnly: flag(object, "read_only", path)
        )
    }

    /// A type's name, or a mapping with more about it.
    private mutating func returned(_ value: JSONValue, _ path: Path) -> ReturnedValue {
        var returned = ReturnedValue()
        if let name = value.string {
            if name != "void" { returned.type = type(named: name, path) }
            return returned
        }
        guard
            let object = mapping(value, path, keys: ["type", "name", "pointer", "free", "of", "encoding"])
        else { return returned }
        returned.type = type(object, path)
        if object["name"] != nil { returned.name = label(object, path, among: []) ?? returned.name }
        returned.isByAddress = flag(object, "pointer", path)
        returned.free = symbol(object, "free", path)
        returned.lengthOf = text(object, "of", path)
        returned.encoding = choice(object, "encoding", path, Parameter.Encoding.self) ?? .base64
        return returned
    }

    private mutating func checkReturned(_ returned: ReturnedValue, _ parameters: [Parameter], _ path: Path) {
        guard let type = returned.type else { return }
        let path = path + ["returns"]
        let hasLength = parameters.contains { $0.lengthOf == returned.name && $0.direction != .in }
        switch type {
        case .null: fault(path, "a handle for a pointer that is kept, or void", "pointer")
        case .bytes where !hasLength, .array(_, nil) where !hasLength:
            fault(
                path,
                "an argument with direction out and of: \(returned.name), which says how long it is",
                "none"
            )
        case .scalar, .enumeration, .structure:
            if returned.free != nil, !returned.isByAddress {
                fault(path + ["free"], "pointer: true beside it", "a value that is returned itself")
            }
        case .handle where returned.free != nil || returned.isByAddress:
            fault(path, "a handle alone; its kind names what releases it", "further keys")
        default: break
        }
    }

    private mutating func status(_ value: JSONValue, _ path: Path) -> StatusRule {
        let expected = "zero, errno, errno_set, or a mapping with ok and text"
        switch value {
        case .string("zero"): return .values([0], text: nil)
        case .string("errno"): return .errno
        case .string("errno_set"): return .errnoSet
        case .object:
            guard let object = mapping(value, path, keys: ["ok", "text"]) else { return .none }
            let given = object["ok"] ?? 0
            let good = (given.array ?? [given]).compactMap(\.integer)
            if good.isEmpty || good.count != given.array?.count ?? 1 {
                fault(path + ["ok"], "the integer, or the list of integers, that mean success", given)
            }
            return .values(good, text: symbol(object, "text", path))
        default:
            fault(path, expected, value)
            return .none
        }
    }

    private mutating func check(_ status: StatusRule, of returned: ReturnedValue, _ path: Path) {
        let type = returned.isByAddress ? .string : returned.type
        switch status {
        case .values where type?.integer == nil && type != .scalar(.bool):
            fault(path + ["status"], "returns with an integer type beside it", "none")
        case .errno:
            let isSigned = type?.integer.map { $0.form == .signed } ?? false
            let isAddress = type.map { $0.isBuffer || ValueType.isHandle($0) } ?? false
            if !isSigned && !isAddress {
                fault(
                    path + ["status"],
                    "returns with a signed integer or an address beside errno; errno_set looks only at errno",
                    "none"
                )
            }
        default: break
        }
    }
}

extension ValueType {
    fileprivate static func isHandle(_ type: ValueType) -> Bool {
        if case .handle = type { true } else { false }
    }
}
