import Glibc

/// What the kernel knows of this process.
enum ProcessFacts {
    /// How many descriptors are open.
    static var descriptors: Int { entries(of: "/proc/self/fd").count }

    /// The numbers of all child processes.
    static var children: [String] {
        entries(of: "/proc/self/task").flatMap { task -> [Substring] in
            guard let file = fopen("/proc/self/task/\(task)/children", "r") else { return [] }
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = fread(&bytes, 1, bytes.count, file)
            return String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: " ")
        }.map(String.init)
    }

    /// Sends a signal to a process, 0 only to ask; false when it is gone.
    static func send(_ signal: Int32, to process: Int32) -> Bool { kill(process, signal) == 0 }

    /// True while a process runs; one that only waits to be buried does not.
    static func isAlive(_ process: Int32) -> Bool {
        guard let file = fopen("/proc/\(process)/stat", "r") else { return false }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = fread(&bytes, 1, bytes.count, file)
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        return text.split(separator: ")").last?.hasPrefix(" Z") != true
    }

    /// Channels close their descriptors a moment after they say so: looks again until the number is down, for five seconds.
    static func descriptorsFall(to count: Int) async -> Bool {
        for _ in 0..<500 {
            if descriptors <= count { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    /// True when a process is gone or only waits to be buried: looks again for ten seconds.
    static func ends(_ process: Int32) async -> Bool {
        for _ in 0..<1000 {
            guard let file = fopen("/proc/\(process)/stat", "r") else { return true }
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 1024)
            let text = String(decoding: bytes.prefix(fread(&bytes, 1, bytes.count, file)), as: UTF8.self)
            if text.contains(") Z ") || text.contains(") X ") { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    /// True when nothing lies in a folder.
    static func isEmpty(_ folder: String) -> Bool { entries(of: folder).isEmpty }

    private static func entries(of path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
