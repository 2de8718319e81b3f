import CFFI
import FoundationEssentials
import FunctionDeclarations
import Glibc
import RoostKit

/// Reads C memory into JSON values.
///
/// Invariant: every place it is given holds a value of the type, as host.yaml says; what host.yaml says wrongly may end the
/// cell, and nothing else.
enum ValueReader {
    /// Reads one value; bytes need a length and are read by ``bytes(at:count:_:)``.
    static func read(_ type: ValueType, at place: UnsafeMutableRawPointer) -> JSONValue {
        switch type {
        case .scalar(let scalar): return load(scalar, at: place).json
        case .enumeration(let enumeration):
            let value = load(enumeration.scalar, at: place)
            return value.integer.flatMap(enumeration.name(of:)).map(JSONValue.string) ?? value.json
        case .structure(let structure):
            return .object(
                JSONObject(structure.fields.map { ($0.name, read($0.type, at: place + $0.offset)) })
            )
        case .string: return text(at: address(at: place))
        case .array(let element, let count): return list(of: element, at: place, count: count ?? 0)
        case .handle, .bytes, .null: return .null
        }
    }

    static func list(of element: ValueType, at place: UnsafeMutableRawPointer, count: Int) -> JSONValue {
        .array((0..<count).map { read(element, at: place + $0 * element.size) })
    }

    /// An address that stands somewhere.
    static func address(at place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        place.load(as: UnsafeMutableRawPointer?.self)
    }

    /// A text that ends with a zero; NULL is null, and what is no UTF-8 is repaired.
    static func text(at address: UnsafeMutableRawPointer?) -> JSONValue {
        guard let address else { return .null }
        return .string(String(cString: address.assumingMemoryBound(to: CChar.self)))
    }

    /// A text in a room, up to a zero or the room's end.
    static func text(at place: UnsafeMutableRawPointer, room: Int) -> JSONValue {
        let count = strnlen(place.assumingMemoryBound(to: CChar.self), room)
        return .string(String(decoding: UnsafeRawBufferPointer(start: place, count: count), as: UTF8.self))
    }

    static func bytes(
        at place: UnsafeMutableRawPointer?,
        count: Int,
        _ encoding: Parameter.Encoding
    ) -> JSONValue {
        guard let place else { return .null }
        let bytes = UnsafeRawBufferPointer(start: place, count: count)
        return .string(
            encoding == .text
                ? String(decoding: bytes, as: UTF8.self) : Data(bytes).base64EncodedString()
        )
    }

    static func load(_ scalar: Scalar, at place: UnsafeMutableRawPointer) -> ScalarValue {
        switch (scalar.form, scalar.size) {
        case (.bool, _): .bool(place.load(as: UInt8.self) != 0)
        case (.floating, 4): .floating(Double(place.load(as: Float.self)))
        case (.floating, 8): .floating(place.load(as: Double.self))
        case (.floating, _): .floating(roost_long_double_load(place))
        case (.signed, 1): .signed(Int64(place.load(as: Int8.self)))
        case (.signed, 2): .signed(Int64(place.load(as: Int16.self)))
        case (.signed, 4): .signed(Int64(place.load(as: Int32.self)))
        case (.signed, _): .signed(place.load(as: Int64.self))
        case (.unsigned, 1): .unsigned(UInt64(place.load(as: UInt8.self)))
        case (.unsigned, 2): .unsigned(UInt64(place.load(as: UInt16.self)))
        case (.unsigned, 4): .unsigned(UInt64(place.load(as: UInt32.self)))
        case (.unsigned, _): .unsigned(place.load(as: UInt64.self))
        }
    }
}
