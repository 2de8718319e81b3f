/// The compiler that built this host. Swift code shares a process only with code of the very same compiler on Linux.
enum Toolchain {
    static var current: String {
        #if compiler(>=6.5)
        "Swift 6.5 or later"
        #elseif compiler(>=6.4)
        "Swift 6.4"
        #elseif compiler(>=6.3.3)
        "Swift 6.3.3 or later"
        #elseif compiler(>=6.3.2)
        "Swift 6.3.2"
        #elseif compiler(>=6.3.1)
        "Swift 6.3.1"
        #else
        "Swift 6.3"
        #endif
    }
}
