import Glibc

/// The files of a folder, and what becomes of them when several processes use it.
extension Files {
    /// A regular file of a folder.
    struct Entry: Sendable, Hashable {
        var name: String
        var stamp: Stamp
        /// Since it was written, by this machine's clock.
        var age: Duration
    }

    /// The regular files of a folder; one that goes away meanwhile is left out.
    static func entries(of folder: String) throws(Fault) -> [Entry] {
        guard let directory = opendir(folder) else { throw Fault(path: folder, code: errno) }
        defer { closedir(directory) }
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var entries: [Entry] = []
        while let entry = readdir(directory) {
            // Invariant: the entry is lent until the next call; its name ends with a zero.
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            var status = stat()
            guard lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                continue
            }
            let age =
                Duration.seconds(now.tv_sec - status.st_mtim.tv_sec)
                + .nanoseconds(now.tv_nsec - status.st_mtim.tv_nsec)
            entries.append(Entry(name: name, stamp: Stamp(status), age: age))
        }
        return entries
    }

    /// Says that a file is used now; false when there is none.
    ///
    /// One that may not be changed counts as there.
    static func touch(_ path: String) -> Bool {
        // Invariant: without times the call sets both to now.
        utimensat(AT_FDCWD, path, nil, 0) == 0 || (errno != ENOENT && errno != ENOTDIR)
    }

    /// Removes a file that was not written to or touched since it had a stamp; false when it was, or is gone.
    static func remove(_ path: String, ifStill stamp: Stamp) throws(Fault) -> Bool {
        guard Self.stamp(of: path) == stamp else { return false }
        // Under a name that nobody asks for it can be looked at in peace.
        let aside = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
        guard rename(path, aside) == 0 else {
            if errno == ENOENT { return false }
            throw Fault(path: path, code: errno)
        }
        guard Self.stamp(of: aside) == stamp else {
            // A newer one may have come to its place meanwhile.
            if link(aside, path) == 0 || errno == EEXIST { unlink(aside) } else { rename(aside, path) }
            return false
        }
        guard unlink(aside) == 0 || errno == ENOENT else { throw Fault(path: aside, code: errno) }
        return true
    }
}
