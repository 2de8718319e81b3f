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
    /// One line of a stack, such as `0x7f69fbcf0e9a  libWeather.so  forecast + 0x31`.
    var description: String {
        let place = symbol.map { "\($0) + \(hexadecimal(offset))" } ?? "+ \(hexadecimal(offset))"
        return "\(hexadecimal(address))  \(file)  \(place)"
    }

    /// The file's name; of a copy that carries its digest the name without it.
    var file: String {
        guard let module else { return "?" }
        guard let name = module.split(separator: "/").last else { return "roost" }
        guard name.hasSuffix(".so"), let dash = name.lastIndex(of: "-"),
            name[dash...].utf8.count == 68
        else { return String(name) }
        return "\(name[..<dash]).so"
    }
}

/// An address as people read it.
func hexadecimal(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
