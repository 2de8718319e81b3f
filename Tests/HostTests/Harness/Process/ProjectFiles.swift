import Glibc

/// Files of the project, found from the path of this one.
enum ProjectFiles {
    static let root = "/" + #filePath.split(separator: "/").dropLast(5).joined(separator: "/")

    static func text(_ path: String) -> String { TextFile.text(root + "/" + path) ?? "" }

    /// The Python of the tests' environment.
    static let python = root + "/.build/venv/bin/python"
}
