package import RoostJSON

/// A C arithmetic type, under the name it has in host.yaml.
///
/// Sizes are those of this machine's ABI, LP64.
package enum Scalar: String, Sendable, Hashable, CaseIterable {
    case bool, char, schar, uchar, short, ushort, int, uint, long, ulong, longlong, ulonglong
    case int8, uint8, int16, uint16, int32, uint32, int64, uint64
    case size, ssize, intptr, uintptr
    case float, double, longdouble

    /// How the bits of a scalar are read.
    package enum Form: Sendable, Hashable {
        case bool
        case signed
        case unsigned
        case floating
    }

    /// Bytes it takes, which is its alignment too.
    package var size: Int {
        switch self {
        case .bool, .char, .schar, .uchar, .int8, .uint8: 1
        case .short, .ushort, .int16, .uint16: 2
        case .int, .uint, .int32, .uint32, .float: 4
        case .long, .ulong, .longlong, .ulonglong, .int64, .uint64, .size, .ssize, .intptr, .uintptr, .double:
            8
        case .longdouble: 16
        }
    }

    /// How its bits are read.
    package var form: Form {
        switch self {
        case .bool: .bool
        case .char: CChar.isSigned ? .signed : .unsigned
        case .schar, .short, .int, .long, .longlong, .int8, .int16, .int32, .int64, .ssize, .intptr: .signed
        case .uchar, .ushort, .uint, .ulong, .ulonglong, .uint8, .uint16, .uint32, .uint64, .size, .uintptr:
            .unsigned
        case .float, .double, .longdouble: .floating
        }
    }

    /// True for the types that can count something.
    package var isInteger: Bool { form == .signed || form == .unsigned }

    /// The least value of a signed type.
    package var minimum: Int64 { form == .signed ? -1 << (size * 8 - 1) : 0 }

    /// The greatest value of an integer type.
    package var maximum: UInt64 {
        let bits = UInt64(size * 8)
        return form == .signed ? (1 << (bits - 1)) - 1 : UInt64.max >> (64 - bits)
    }

    /// The value a JSON value stands for; nil when it is of another kind or does not fit.
    ///
    /// An integer may be a number or its decimal digits in a string.
    package func value(of json: JSONValue) -> ScalarValue? {
        switch form {
        case .bool: json.bool.map(ScalarValue.bool)
        case .floating: json.double.map(ScalarValue.floating)
        case .signed:
            (json.integer ?? json.string.flatMap { Int64($0) }).flatMap { number in
                number >= minimum && (number < 0 || number.magnitude <= maximum) ? .signed(number) : nil
            }
        case .unsigned:
            (json.integer.flatMap { UInt64(exactly: $0) } ?? json.string.flatMap { UInt64($0) }).flatMap {
                $0 <= maximum ? .unsigned($0) : nil
            }
        }
    }
}

extension CChar {
    /// What the C compiler of this machine takes a plain char for.
    fileprivate static var isSigned: Bool {
        #if arch(arm64)
        false
        #else
        true
        #endif
    }
}
