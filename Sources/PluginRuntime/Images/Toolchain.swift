/// The compiler that built this host.
///
/// Swift code shares a process only with code of the very same compiler on Linux.
package enum Toolchain {
    package static var current: String {
        // The same words as in RoostKit, which stamps plugins.
        #if compiler(>=6.4)
        "Swift 6.4 or later"
        #elseif compiler(>=6.3.4)
        "Swift 6.3.4 or later"
        #elseif compiler(>=6.3.3)
        "Swift 6.3.3"
        #elseif compiler(>=6.3.2)
        "Swift 6.3.2"
        #elseif compiler(>=6.3.1)
        "Swift 6.3.1"
        #else
        "Swift 6.3.0 or earlier"
        #endif
    }
}
