/// A file that could not be written.
struct TextFileError: Error, CustomStringConvertible {
    let path: String
    let errno: Int32

    var description: String { "cannot write \(path): errno \(errno)" }
}
