/// The compiler that built this image, as the host compares it before it loads Swift code into its own
/// process.
enum Toolchain {
    static var name: String {
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
