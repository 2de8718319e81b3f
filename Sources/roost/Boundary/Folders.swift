import CLinux
import Glibc

/// Folders of the file system.
enum Folders {
    /// The working directory; the root when it is gone.
    static var current: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        // Invariant: getcwd gave memory that is ours to free, once, after the copy.
        defer { free(path) }
        return String(cString: path)
    }

    /// The names in a folder, those that begin with a dot included; nil when it is no folder that can be read.
    static func contents(of path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            // Invariant: the name ends with a zero byte inside its field.
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes a new folder that nobody else can use, in TMPDIR or /tmp; nil when the system refuses.
    static func makeTemporary(_ prefix: String) -> String? {
        // Invariant: the variable is copied before anybody can change the environment; the host never does.
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        var template = Array("\(parent.isEmpty ? "/tmp" : parent)/\(prefix)-XXXXXX".utf8CString)
        // Invariant: mkdtemp writes six bytes into the template and returns the template itself.
        return mkdtemp(&template).map { String(cString: $0) }
    }

    /// Removes a folder and all that is in it, and follows no link; what cannot be removed stays.
    static func remove(_ path: String) {
        // Invariant: the path is lent for the time of the call.
        clinux_remove_folder(path)
    }
}
