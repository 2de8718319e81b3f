import CFFI
import FoundationEssentials
import FunctionDeclarations
import RoostKit

/// Writes JSON values into C memory.
///
/// Invariant: every place it is given has room for one value of the type.
struct ValueWriter {
    let memory: CallMemory

    /// Writes one value.
    ///
    /// `name` is what the value is called in messages.
    ///
    /// - Throws: ``ToolError`` for a value that does not fit.
    func write(_ json: JSONValue, _ type: ValueType, to place: UnsafeMutableRawPointer, _ name: String) throws
    {
        switch type {
        case .scalar(let scalar):
            guard let value = scalar.value(of: json) else {
                throw ToolError(
                    "\(name): expected a value that fits \(scalar.rawValue), found \(json.text.prefix(64))."
                )
            }
            Self.store(value, scalar, to: place)
        case .enumeration(let enumeration):
            guard let number = json.string.flatMap(enumeration.value(of:)),
                let value = enumeration.scalar.value(of: .integer(number))
            else {
                let names = enumeration.cases.map(\.name).joined(separator: ", ")
                throw ToolError("\(name): expected one of \(names), found \(json.text.prefix(64)).")
            }
            Self.store(value, enumeration.scalar, to: place)
        case .structure(let structure):
            for field in structure.fields {
                guard let value = json[field.name] else {
                    throw ToolError("\(name): expected the member \(field.name), found none.")
                }
                try write(value, field.type, to: place + field.offset, "\(name).\(field.name)")
            }
        case .string:
            let text = try memory.copy(Self.text(json, name))
            place.storeBytes(of: text, as: UnsafeMutableRawPointer?.self)
        case .array(let element, let count):
            let elements = json.array ?? []
            guard elements.count == count ?? elements.count else {
                throw ToolError("\(name): expected \(count ?? 0) elements, found \(elements.count).")
            }
            for (index, value) in elements.enumerated() {
                try write(value, element, to: place + index * element.size, "\(name)[\(index)]")
            }
        case .handle, .bytes, .null: break
        }
    }

    /// The bytes of a text, which must hold no zero, because C would end it there.
    static func text(_ json: JSONValue, _ name: String) throws -> [UInt8] {
        guard let text = json.string, !text.utf8.contains(0) else {
            throw ToolError("\(name): expected a text without the character U+0000.")
        }
        return Array(text.utf8)
    }

    static func bytes(_ json: JSONValue, _ encoding: Parameter.Encoding, _ name: String) throws -> [UInt8] {
        let text = json.string ?? ""
        switch encoding {
        case .text: return Array(text.utf8)
        case .base64:
            guard let data = Data(base64Encoded: text) else {
                throw ToolError("\(name): expected bytes in base64 (RFC 4648, section 4, with padding).")
            }
            return [UInt8](data)
        }
    }

    static func store(_ value: ScalarValue, _ scalar: Scalar, to place: UnsafeMutableRawPointer) {
        switch value {
        case .bool(let value): place.storeBytes(of: value ? 1 : 0, as: UInt8.self)
        case .signed(let value): store(UInt64(bitPattern: value), scalar.size, to: place)
        case .unsigned(let value): store(value, scalar.size, to: place)
        case .floating(let value):
            switch scalar.size {
            case 4: place.storeBytes(of: Float(value), as: Float.self)
            case 8: place.storeBytes(of: value, as: Double.self)
            default: roost_long_double_store(place, value)
            }
        }
    }

    private static func store(_ bits: UInt64, _ size: Int, to place: UnsafeMutableRawPointer) {
        switch size {
        case 1: place.storeBytes(of: UInt8(truncatingIfNeeded: bits), as: UInt8.self)
        case 2: place.storeBytes(of: UInt16(truncatingIfNeeded: bits), as: UInt16.self)
        case 4: place.storeBytes(of: UInt32(truncatingIfNeeded: bits), as: UInt32.self)
        default: place.storeBytes(of: bits, as: UInt64.self)
        }
    }
}
