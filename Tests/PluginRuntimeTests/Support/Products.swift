/// What the build made beside the test bundle.
enum Products {
    /// The build directory: the test bundle lies in it.
    static let directory: String = {
        let path = CommandLine.arguments[0]
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }()

    /// The host's executable, which is a cell's too.
    static var host: String { directory + "/roost" }

    static func library(_ name: String) -> String { "\(directory)/lib\(name).so" }
}
