#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Reads files and makes paths absolute, without looking at what they mean.
enum ConfigurationFile {
    /// The whole text of a file.
    static func text(at path: String) throws(ConfigurationFaults) -> String {
        guard let text = String(validating: try bytes(at: path), as: UTF8.self) else {
            throw fault(path, expected: "a text in UTF-8", found: "bytes that are not UTF-8")
        }
        return text
    }

    /// The whole content of a file.
    static func bytes(at path: String) throws(ConfigurationFaults) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(path) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0 { throw unreadable(path) }
            if count == 0 { break }
            bytes += chunk.prefix(count)
        }
        return bytes
    }

    /// The absolute form of a path, with `.`, `..` and doubled slashes taken out.
    static func absolute(_ path: String, in folder: String) -> String {
        let whole = path.hasPrefix("/") ? path : folder + "/" + path
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The absolute folder a file stands in.
    static func folder(of file: String) -> String {
        let path = absolute(file, in: workingDirectory)
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// True when there is a file (not a folder) that can be read.
    static func isReadable(_ path: String) -> Bool {
        var information = stat()
        guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return false }
        return access(path, R_OK) == 0
    }

    /// True when there is a folder.
    static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    private static var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    private static func unreadable(_ path: String) -> ConfigurationFaults {
        fault(path, expected: "a file that can be read", found: String(cString: strerror(errno)).lowercased())
    }

    private static func fault(_ path: String, expected: String, found: String) -> ConfigurationFaults {
        ConfigurationFaults(faults: [
            ConfigurationFault(
                place: .file(path, line: 1, column: 1),
                keyPath: "",
                expected: expected,
                found: found
            )
        ])
    }
}
