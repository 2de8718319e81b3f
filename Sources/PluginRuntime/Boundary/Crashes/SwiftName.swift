import Glibc

/// Names of functions as the compiler writes them.
enum SwiftName {
    private typealias Demangle =
        @convention(c) (
            UnsafePointer<CChar>?, Int, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<Int>?, UInt32
        ) -> UnsafeMutablePointer<CChar>?

    /// The name as its author wrote it; any other name as it is.
    static func demangled(_ name: String) -> String {
        // Invariant: the runtime's own function, of this type since Swift 4; it gives memory to be freed, or nothing.
        guard name.hasPrefix("$s"), let function = dlsym(nil, "swift_demangle"),
            let text = unsafeBitCast(function, to: Demangle.self)(name, name.utf8.count, nil, nil, 0)
        else { return name }
        defer { free(text) }
        return String(cString: text)
    }
}
