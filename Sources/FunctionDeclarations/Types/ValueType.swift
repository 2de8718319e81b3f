/// What a value is in C, and so in JSON.
package indirect enum ValueType: Sendable, Hashable {
    case scalar(Scalar)
    case enumeration(Enumeration)
    case structure(Structure)
    /// A pointer that only the library understands; callers see a name for it.
    case handle(HandleKind)
    /// `char *`, ending with a zero.
    case string
    /// `void *` with a length beside it.
    case bytes
    /// A pointer that is always NULL: a callback or an option nobody uses.
    case null
    /// Elements in a row.
    ///
    /// A count is part of the type; nil: as many as the caller gives, or there is room for.
    case array(ValueType, count: Int?)

    /// Bytes one value takes where it stands in a struct or an array.
    package var size: Int {
        switch self {
        case .scalar(let scalar): scalar.size
        case .enumeration(let enumeration): enumeration.scalar.size
        case .structure(let structure): structure.size
        case .array(let element, let count?): element.size * count
        case .handle, .string, .bytes, .null, .array: 8
        }
    }

    /// What its address is a multiple of.
    package var alignment: Int {
        switch self {
        case .structure(let structure): structure.alignment
        case .array(let element, .some): element.alignment
        default: size
        }
    }

    /// The integer type behind it; nil when it is none.
    package var integer: Scalar? {
        switch self {
        case .scalar(let scalar): scalar.isInteger ? scalar : nil
        case .enumeration(let enumeration): enumeration.scalar
        default: nil
        }
    }

    /// True for what is always passed by its address.
    package var isBuffer: Bool {
        switch self {
        case .string, .bytes, .array: true
        default: false
        }
    }
}
