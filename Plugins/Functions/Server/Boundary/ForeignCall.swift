import FunctionDeclarations
import RoostKit

/// One call of a function: arguments to C memory, the call, C memory to an answer.
struct ForeignCall {
    /// One argument in C memory.
    struct Slot {
        /// Where libffi finds the argument's value.
        var argument: UnsafeMutableRawPointer
        /// Where the function reads and writes what the argument leads to; nil when it got NULL.
        var storage: UnsafeMutableRawPointer?
        /// Bytes or elements that were given.
        var count = 0
        /// Bytes or elements there is room for.
        var room = 0
    }

    let function: ForeignFunction
    let handles: LivingHandles
    let owner: String?
    let memory = CallMemory()
    var slots: [String: Slot] = [:]
    var taken: [(name: String, kind: HandleKind)] = []
    /// Where the returned value stands; set by the call.
    var result: UnsafeMutableRawPointer?
    var errno: CInt = 0

    var declaration: FunctionDeclaration { function.declaration }

    init(_ function: ForeignFunction, handles: LivingHandles, owner: String?) {
        self.function = function
        self.handles = handles
        self.owner = owner
    }

    func giveBackHandles() {
        for handle in taken { handles.giveBack(handle.name) }
    }

    // MARK: Arguments

    /// Puts every argument into C memory: first what has a length, then the lengths.
    mutating func prepare(_ arguments: JSONObject) throws {
        let made = declaration.madeHandles
        // Whoever only releases must get through when there is no place left.
        guard made == 0 || handles.hasRoom(for: made) else { throw ToolError(HandleRefusal.full.description) }
        for parameter in declaration.parameters where parameter.lengthOf == nil {
            let given = parameter.value ?? arguments[parameter.name] ?? parameter.fallback
            slots[parameter.name] = try slot(parameter, given)
        }
        for parameter in declaration.parameters {
            if let target = parameter.lengthOf {
                slots[parameter.name] = try lengthSlot(parameter, of: target)
            }
        }
    }

    private mutating func slot(_ parameter: Parameter, _ given: JSONValue?) throws -> Slot {
        if parameter.direction != .out, given == nil {
            guard parameter.isOptional || parameter.type == .null else {
                throw ToolError("Expected the argument \(parameter.name), found none.")
            }
            return Slot(argument: try memory.cell(holding: nil))
        }
        if parameter.type.isBuffer { return try bufferSlot(parameter, given) }
        switch parameter.type {
        case .handle(let kind): return try handleSlot(parameter, kind, given)
        case .null: return Slot(argument: try memory.cell(holding: nil))
        default:
            let storage = try memory.block(parameter.type.size)
            if let given {
                try ValueWriter(memory: memory).write(given, parameter.type, to: storage, parameter.name)
            }
            return Slot(
                argument: parameter.isByAddress ? try memory.cell(holding: storage) : storage,
                storage: storage
            )
        }
    }

    private mutating func handleSlot(
        _ parameter: Parameter,
        _ kind: HandleKind,
        _ given: JSONValue?
    ) throws -> Slot {
        if parameter.direction == .out {
            let storage = try memory.block(8)
            return Slot(argument: try memory.cell(holding: storage), storage: storage)
        }
        let name = given?.string ?? ""
        let address: UInt
        do { address = try handles.take(name, kind: kind.name, owner: owner) } catch {
            throw ToolError("\(parameter.name): \(error)")
        }
        taken.append((name, kind))
        return Slot(argument: try memory.cell(holding: UnsafeMutableRawPointer(bitPattern: address)))
    }

    /// A string, bytes or an array: C gets its address, or, for what it makes itself, the address of a place for one.
    private func bufferSlot(_ parameter: Parameter, _ given: JSONValue?) throws -> Slot {
        if parameter.isMade {
            let storage = try memory.block(8)
            return Slot(argument: try memory.cell(holding: storage), storage: storage)
        }
        let name = parameter.name
        var slot: Slot
        switch parameter.type {
        case .array(let element, let count):
            let elements = given?.array?.count ?? 0
            let room = max(count ?? elements, parameter.capacity ?? 0)
            guard elements <= room, parameter.capacity.map({ elements <= $0 }) ?? true else {
                throw ToolError(
                    "\(name): expected at most \(parameter.capacity ?? room) elements, found \(elements)."
                )
            }
            // One more element of zeros ends a list for functions that count by themselves.
            let storage = try memory.block((room + 1) * element.size)
            if let given { try ValueWriter(memory: memory).write(given, parameter.type, to: storage, name) }
            slot = Slot(argument: storage, storage: storage, count: max(elements, count ?? 0), room: room)
        default:
            let bytes =
                try given.map {
                    parameter.type == .string
                        ? try ValueWriter.text($0, name)
                        : try ValueWriter.bytes($0, parameter.encoding, name)
                } ?? []
            let needed = parameter.type == .string ? bytes.count + 1 : bytes.count
            let room = parameter.capacity ?? needed
            guard needed <= room else {
                throw ToolError("\(name): expected at most \(room) bytes, found \(needed).")
            }
            let storage = try memory.copy(bytes, room: room)
            slot = Slot(argument: storage, storage: storage, count: bytes.count, room: room)
        }
        slot.argument = try memory.cell(holding: slot.storage)
        return slot
    }

    private func lengthSlot(_ parameter: Parameter, of target: String) throws -> Slot {
        var length = 0
        if let slot = slots[target] {
            let isRead = declaration.parameters.contains { $0.name == target && $0.direction == .in }
            length = isRead ? slot.count : slot.room
        }
        let storage = try memory.block(8)
        guard let scalar = parameter.type.integer, let value = scalar.value(of: .integer(Int64(length)))
        else {
            throw ToolError("\(target): its length, \(length), does not fit the argument \(parameter.name).")
        }
        ValueWriter.store(value, scalar, to: storage)
        return Slot(
            argument: parameter.isByAddress ? try memory.cell(holding: storage) : storage,
            storage: storage
        )
    }

    // MARK: The call

    /// Calls the function.
    mutating func run() throws {
        let parameters = declaration.parameters
        let list = try memory.block(8 * max(parameters.count, 1))
            .bindMemory(to: UnsafeMutableRawPointer?.self, capacity: max(parameters.count, 1))
        for (index, parameter) in parameters.enumerated() { list[index] = slots[parameter.name]?.argument }
        let result = try memory.block(declaration.returned.type?.size ?? 0)
        self.result = result
        errno = function.shape.call(function.address, result: result, arguments: list)
    }
}
