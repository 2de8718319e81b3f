/// One call of a stack.
struct StackFrame: Sendable, Equatable {
    /// Where the code is in the memory of the process.
    var address: UInt64
    /// The file that holds the code: empty for the program itself, nil when it is unknown.
    var module: String?
    /// Where that file was loaded.
    var base: UInt64
    /// The function, as a person writes it; nil when the file has no name for the place.
    var symbol: String?
    /// Bytes from the function's beginning, or from the file's without one.
    var offset: UInt64 = 0
}

extension StackFrame: CustomStringConvertible {
    /// One line of a stack, such as `libEcho-5d41….so  call + 0x31`.
    var description: String {
        let file = module.map { $0.isEmpty ? "roost" : String($0.split(separator: "/").last ?? "") }
        return
            "\(hexadecimal(address))  \(file ?? "?")  \(symbol.map { "\($0) + " } ?? "+ ")\(hexadecimal(offset))"
    }
}

/// An address as people read it.
func hexadecimal(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
