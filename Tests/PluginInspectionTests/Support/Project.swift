import Glibc

/// Where things lie: the project's files, and what the build made.
enum Project {
    static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    /// The folder of the running test bundle, which the build's other products share.
    static let products: String = {
        let path = CommandLine.arguments[0]
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }()

    static var roost: String { products + "/roost" }

    static func library(_ name: String) -> String { "\(products)/lib\(name).so" }
}
