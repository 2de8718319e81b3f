import Glibc

/// What the kernel tells about processes in /proc.
enum ProcessTable {
    /// This process.
    static var own: Int32 { getpid() }

    /// What a process takes; nil when it is gone.
    ///
    /// A few small reads of files that are not on any disk.
    static func usage(of process: Int32, isShared: Bool) -> ProcessUsage? {
        guard let text = text(of: "/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else {
            return nil
        }
        // Fields of proc(5) from the third on: the second one, the name, may hold anything.
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 21, let user = Double(fields[11]), let system = Double(fields[12]),
            let threads = Int(fields[17]), let pages = Int(fields[21])
        else { return nil }
        return ProcessUsage(
            process: process,
            cpuSeconds: (user + system) / Double(sysconf(Int32(_SC_CLK_TCK))),
            residentBytes: pages * sysconf(Int32(_SC_PAGESIZE)),
            threads: threads,
            openFiles: entries(of: "/proc/\(process)/fd")?.count,
            isShared: isShared
        )
    }

    /// The threads of a process, and their names; empty when it is gone.
    static func threads(of process: Int32) -> [(thread: Int32, name: String)] {
        (entries(of: "/proc/\(process)/task") ?? []).compactMap { entry in
            guard let thread = Int32(entry) else { return nil }
            let name = text(of: "/proc/\(process)/task/\(thread)/comm") ?? ""
            return (thread, String(name.prefix { $0 != "\n" }))
        }
    }

    /// A file of /proc, which has no size of its own.
    private static func text(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        // Invariant: the buffer has room for what is asked.
        let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }

    private static func entries(of path: String) -> [String]? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            // Invariant: the entry is lent until the next call; its name ends with a zero.
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
