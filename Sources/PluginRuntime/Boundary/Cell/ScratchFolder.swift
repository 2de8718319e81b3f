import CLinux
import Glibc

/// A folder for what a cell wants to write for a moment: made before its process, removed after it.
struct ScratchFolder: Sendable {
    let path: String

    /// Makes a folder that only this user may enter, in TMPDIR or /tmp.
    static func make(for cell: String) throws(Files.Fault) -> ScratchFolder {
        // Invariant: the variable is copied before anybody can change the environment; the host never does.
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        let name = String(cell.map { $0.isLetter || $0.isNumber ? $0 : "-" })
        let path = "\(parent.hasPrefix("/") ? parent : "/tmp")/roost-\(name)-XXXXXX"
        var template = Array(path.utf8CString)
        // Invariant: mkdtemp writes six bytes into the template and returns the template itself.
        guard let made = mkdtemp(&template) else { throw Files.Fault(path: path, code: errno) }
        return ScratchFolder(path: String(cString: made))
    }

    /// Removes the folder with all that is in it; takes as long as that takes.
    func remove() {
        // Invariant: the path is lent for the time of the call.
        clinux_remove_folder(path)
    }
}
