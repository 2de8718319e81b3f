package import RoostJSON

/// One argument of a C function.
package struct Parameter: Sendable, Hashable {
    /// Which way the value goes.
    package enum Direction: String, Sendable, CaseIterable {
        case `in`, out, `inout`
    }

    /// How JSON shows bytes.
    package enum Encoding: String, Sendable, CaseIterable {
        case base64, text
    }

    /// Its name for callers and in answers.
    package let name: String
    package let type: ValueType
    /// Default: in.
    package var direction = Direction.in
    /// True when C takes its address: what is not `in`, and what the file says so of.
    package var isByAddress = false
    /// For callers; nil: nothing is said.
    package var description: String?
    /// What is always passed; callers do not see the argument.
    package var value: JSONValue?
    /// What is passed when a caller gives nothing.
    package var fallback: JSONValue?
    /// True when a caller may leave it out and C then gets NULL.
    package var isOptional = false
    /// The argument, or the name of the returned value, whose length this is.
    package var lengthOf: String?
    /// Room for what the function writes: bytes, with the zero of a string, or elements of an array.
    ///
    /// Nil for something written: the function says where it is.
    package var capacity: Int?
    /// The symbol of the function that frees what the function made.
    package var free: String?
    /// How bytes are shown.
    package var encoding = Encoding.base64

    /// True when callers give it.
    package var isGiven: Bool { direction != .out && value == nil && lengthOf == nil && type != .null }
    /// True when answers show it.
    package var isShown: Bool { direction != .in && lengthOf == nil }
    /// True when the function says where it is: text or bytes it made, or keeps.
    package var isMade: Bool {
        direction == .out && capacity == nil && (type == .string || type == .bytes)
    }
    /// True when a caller must give it.
    package var isRequired: Bool { isGiven && !isOptional && fallback == nil }
}
