import FunctionDeclarations
import Glibc
import RoostKit

/// What came of a call.
extension ForeignCall {
    /// The answer, or the failure the function told; afterwards everything it made is freed or a handle.
    func answer() throws -> JSONObject {
        guard let result else { return [:] }
        defer { freeWhatWasMade(result) }
        if let failure = failure(result) {
            releaseMadeHandles(result)
            throw ToolError(failure)
        }
        // The function that releases a handle has been called with it: its name is worth nothing any more.
        for handle in taken where handle.kind.release == declaration.symbol { handles.remove(handle.name) }
        var answer = JSONObject()
        do {
            if declaration.showsReturned, let type = declaration.returned.type {
                answer[declaration.returned.name] = try returned(type, at: result)
            }
            for parameter in declaration.parameters where parameter.isShown {
                answer[parameter.name] = try written(parameter, result)
            }
        } catch {
            releaseMadeHandles(result)
            throw error
        }
        return named(answer, result)
    }

    // MARK: Failure

    private func failure(_ result: UnsafeMutableRawPointer) -> String? {
        let symbol = declaration.symbol
        switch declaration.status {
        case .none: return nil
        case .errnoSet: return errno == 0 ? nil : "\(symbol) failed: \(system(errno))."
        case .errno:
            let integer = declaration.returned.isByAddress ? nil : declaration.returned.type?.integer
            let failed =
                integer.map { ValueReader.load($0, at: result).integer == -1 }
                ?? (ValueReader.address(at: result) == nil)
            return failed ? "\(symbol) failed: \(system(errno))." : nil
        case .values(let good, let text):
            let scalar = declaration.returned.type?.integer ?? .bool
            let value = ValueReader.load(scalar, at: result)
            if let number = value.integer, good.contains(number) { return nil }
            var message = "\(symbol) failed with \(value.json.text)"
            if case .enumeration(let enumeration)? = declaration.returned.type,
                let name = value.integer.flatMap(enumeration.name(of:))
            {
                message += " (\(name))"
            }
            if let text, let words = value.integer.flatMap({ function.library.words(of: $0, by: text) }) {
                message += ": \(words)"
            }
            return message + "." + told()
        }
    }

    private func system(_ number: CInt) -> String {
        guard number != 0 else { return "it gave no reason (errno 0)" }
        let words = strerror(number).map { String(cString: $0) } ?? "no words for it"
        return "\(words) (errno \(number))"
    }

    /// What the function wrote about its failure.
    private func told() -> String {
        declaration.parameters.filter { $0.isMade && $0.type == .string }.map { parameter in
            let text = slots[parameter.name]?.storage.map {
                ValueReader.text(at: ValueReader.address(at: $0))
            }
            return text?.string.map { " \(parameter.name): \($0)." } ?? ""
        }.joined()
    }

    // MARK: Values

    private func returned(_ type: ValueType, at result: UnsafeMutableRawPointer) throws -> JSONValue {
        let address = ValueReader.address(at: result)
        switch type {
        case .string: return ValueReader.text(at: address)
        case .bytes:
            let count = try length(of: declaration.returned.name, room: nil, result) ?? 0
            return ValueReader.bytes(at: address, count: count, declaration.returned.encoding)
        case .array(let element, let count):
            let count = try count ?? length(of: declaration.returned.name, room: nil, result) ?? 0
            return address.map { ValueReader.list(of: element, at: $0, count: count) } ?? .null
        case .handle, .null: return .null
        default:
            guard declaration.returned.isByAddress else { return ValueReader.read(type, at: result) }
            return address.map { ValueReader.read(type, at: $0) } ?? .null
        }
    }

    private func written(_ parameter: Parameter, _ result: UnsafeMutableRawPointer) throws -> JSONValue {
        guard let slot = slots[parameter.name], let storage = slot.storage else { return .null }
        switch parameter.type {
        case .string where parameter.isMade: return ValueReader.text(at: ValueReader.address(at: storage))
        case .string:
            let count = try length(of: parameter.name, room: slot.room, result)
            return ValueReader.text(at: storage, room: count ?? slot.room)
        case .bytes:
            let place = parameter.isMade ? ValueReader.address(at: storage) : storage
            let count = try length(of: parameter.name, room: parameter.isMade ? nil : slot.room, result)
            let whole = parameter.direction == .inout ? slot.count : slot.room
            return ValueReader.bytes(at: place, count: count ?? whole, parameter.encoding)
        case .array(let element, let count):
            let told = try count ?? length(of: parameter.name, room: slot.room, result)
            let whole = parameter.direction == .inout ? slot.count : slot.room
            return ValueReader.list(of: element, at: storage, count: told ?? whole)
        case .handle, .null: return .null
        default: return ValueReader.read(parameter.type, at: storage)
        }
    }

    /// How long the function says something is; nil when nothing says it.
    private func length(of name: String, room: Int?, _ result: UnsafeMutableRawPointer) throws -> Int? {
        var told: Int64?
        if declaration.returned.lengthOf == name, let scalar = declaration.returned.type?.integer {
            told = ValueReader.load(scalar, at: result).integer ?? -1
        } else if let parameter = declaration.parameters.first(where: {
            $0.lengthOf == name && $0.direction != .in
        }),
            let storage = slots[parameter.name]?.storage, let scalar = parameter.type.integer
        {
            told = ValueReader.load(scalar, at: storage).integer ?? -1
        }
        guard let told else { return nil }
        guard told >= 0, told <= room ?? Int(Int32.max) else {
            throw ToolError(
                "\(declaration.symbol) says that \(name) has the length \(told); there is room for \(room ?? Int(Int32.max)). Raise its capacity in host.yaml."
            )
        }
        return Int(told)
    }

    // MARK: What the function made

    /// Handles by their names, in the answer's order.
    private func named(_ answer: JSONObject, _ result: UnsafeMutableRawPointer) -> JSONObject {
        var answer = answer
        for (name, kind, address) in madeHandles(result) {
            let handle = handles.add(address, kind: kind.name, release: kind.release, owner: owner)
            answer[name] = .string(handle)
        }
        return answer
    }

    private func madeHandles(
        _ result: UnsafeMutableRawPointer
    ) -> [(name: String, kind: HandleKind, address: UInt)] {
        var made: [(name: String, kind: HandleKind, address: UInt)] = []
        if case .handle(let kind)? = declaration.returned.type, let address = ValueReader.address(at: result)
        {
            made.append((declaration.returned.name, kind, UInt(bitPattern: address)))
        }
        for parameter in declaration.parameters where parameter.direction == .out {
            guard case .handle(let kind) = parameter.type, let storage = slots[parameter.name]?.storage,
                let address = ValueReader.address(at: storage)
            else { continue }
            made.append((parameter.name, kind, UInt(bitPattern: address)))
        }
        return made
    }

    /// A function that failed may have made a handle all the same; nobody will ever name it.
    private func releaseMadeHandles(_ result: UnsafeMutableRawPointer) {
        for (_, kind, address) in madeHandles(result) where !handles.holds(address, kind: kind.name) {
            function.library.apply(kind.release, to: address)
        }
    }

    private func freeWhatWasMade(_ result: UnsafeMutableRawPointer) {
        if let free = declaration.returned.free, let address = ValueReader.address(at: result) {
            function.library.apply(free, to: UInt(bitPattern: address))
        }
        for parameter in declaration.parameters {
            guard let free = parameter.free, let storage = slots[parameter.name]?.storage,
                let address = ValueReader.address(at: storage)
            else { continue }
            function.library.apply(free, to: UInt(bitPattern: address))
        }
    }
}
