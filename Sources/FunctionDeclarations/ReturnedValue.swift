/// What a C function returns.
package struct ReturnedValue: Sendable, Hashable {
    /// Nil: void.
    package var type: ValueType?
    /// Its name in answers.
    package var name = "result"
    /// True when the function returns the address of a scalar or a struct.
    package var isByAddress = false
    /// The symbol of the function that frees it; nil: it stays the library's.
    package var free: String?
    /// The argument whose length it is.
    package var lengthOf: String?
    /// How bytes are shown.
    package var encoding = Parameter.Encoding.base64
}
