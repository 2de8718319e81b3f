import Glibc
import RoostJSON

/// The folder of crash reports: two files for each, the newest few for each plugin.
///
/// ```
/// <data>/crashes/20260728T093000Z-echo-4711.json    for programs
/// <data>/crashes/20260728T093000Z-echo-4711.txt     for people
/// ```
struct CrashReportStore: Sendable {
    let directory: String
    /// Reports that are kept for each plugin or group; 0: none is written.
    let limit: Int

    init(dataDirectory: String, limit: Int) {
        directory = dataDirectory + "/crashes"
        self.limit = limit
    }

    /// Where a report will be; nil when none is kept.
    func path(at time: Timestamp, name: String, process: Int32) -> String? {
        limit > 0 ? "\(directory)/\(time.compact)-\(Self.fileName(name))-\(process).json" : nil
    }

    /// Writes a report and removes the oldest of the same plugin.
    ///
    /// Blocks: not for an event loop.
    func write(_ report: CrashReport, to path: String) throws(Files.Fault) {
        try Files.makeDirectory(directory)
        try Files.write(report.json.bytes, to: path)
        try Files.write(Array(report.text.utf8), to: path.dropLast(4) + "txt")
        guard let name = Self.plugin(ofReport: String(path.split(separator: "/").last ?? "")) else { return }
        let files = Self.entries(of: directory).filter { Self.plugin(ofReport: $0) == name }.sorted()
        for file in files.dropLast(limit) {
            unlink("\(directory)/\(file)")
            unlink("\(directory)/\(file.dropLast(4))txt")
        }
    }

    /// Whose report a file is; nil when it is none.
    private static func plugin(ofReport file: String) -> Substring? {
        guard file.hasSuffix(".json"), let dash = file.firstIndex(of: "-"),
            let end = file.lastIndex(of: "-"), dash < end
        else { return nil }
        return file[file.index(after: dash)..<end]
    }

    private static func fileName(_ name: String) -> String {
        String(name.map { $0 == " " || $0 == "/" ? "-" : $0 })
    }

    private static func entries(of path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            // Invariant: the entry is lent until the next call; its name ends with a zero.
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
            )
        }
        return names
    }
}
