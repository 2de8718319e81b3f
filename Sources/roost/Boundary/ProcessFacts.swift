import Glibc

/// What the kernel counts for this process.
struct ProcessFacts {
    /// User and system time.
    let cpuSeconds: Double
    let residentBytes: Int
    let virtualBytes: Int
    let threads: Int
    let openFiles: Int
    /// Nil: no limit.
    let openFilesLimit: Int?

    /// As of now; nil when /proc cannot be read.
    static var current: ProcessFacts? {
        // Fields behind the name in parentheses, which may itself hold blanks: proc(5), /proc/pid/stat.
        guard let text = text(of: "/proc/self/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ").map { Int($0) ?? 0 }
        guard fields.count > 21 else { return nil }
        var limit = rlimit()
        // Invariant: the structure is ours, and the limit is one there is.
        let hasLimit = getrlimit(__rlimit_resource_t(7), &limit) == 0 && limit.rlim_cur < UInt64(Int.max)
        return ProcessFacts(
            cpuSeconds: Double(fields[11] + fields[12]) / Double(max(1, sysconf(Int32(_SC_CLK_TCK)))),
            residentBytes: fields[21] * sysconf(Int32(_SC_PAGESIZE)),
            virtualBytes: fields[20],
            threads: fields[17],
            openFiles: openDescriptors,
            openFilesLimit: hasLimit ? Int(limit.rlim_cur) : nil
        )
    }

    /// Without the one that counting needs.
    private static var openDescriptors: Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        // Invariant: the folder was opened above and is closed once, after the last entry was read.
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            // Invariant: an entry is good until the next one is read; only its first letter is looked at.
            if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { count += 1 }
        }
        return max(0, count - 1)
    }

    private static func text(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        // Invariant: the buffer has room for what is asked; a line of /proc/self/stat is far shorter.
        let count = read(file, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
