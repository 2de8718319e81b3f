import EventWaiting
import Glibc
import RoostJSON
import Testing

@Suite("What a host leaves in its data folder", .timeLimit(.minutes(10)))
struct DataFolderUpkeep {
    @Test("old answers and copies of libraries are removed at the start, and a metric counts them")
    func start() async throws {
        let data = try TemporaryDirectory()
        let copy = "libGone-\(String(repeating: "0a", count: 32)).so"
        for folder in ["answers", "images"] { mkdir("\(data.path)/\(folder)", 0o755) }
        try write(data.path + "/answers/old.json", days: 8)
        try write(data.path + "/answers/young.json", days: 6)
        try write(data.path + "/images/\(copy)", days: 8)
        let host = try await RunningHost.start(
            HostFile(plugins: [("echo", "libEcho.so")]),
            data: data.path
        )
        defer { host.stop() }
        try await until("the removal of old files; the log: \(host.log)") {
            let gone = [data.path + "/answers/old.json", data.path + "/images/\(copy)"]
            return gone.allSatisfy { access($0, F_OK) != 0 }
        }
        #expect(access(data.path + "/answers/young.json", F_OK) == 0)
        let sum = try await ModernClient(port: host.port, path: "/mcp/echo").call("add", ["a": 1, "b": 2])
        #expect(sum.result?["structuredContent"]?["sum"] == 3, sum.exchange)
        try await until("the lines of the log") {
            ["answers", "images"].allSatisfy { host.log.contains("removed 1 files of 3 bytes from \($0)") }
        }
        let scrape = try await Scrape(port: host.port)
        #expect(scrape.text.contains("roost_pruned_files_total{folder=\"answers\"} 1"))
        #expect(scrape.text.contains("roost_pruned_bytes_total{folder=\"images\"} 3"))
        await data.remove()
    }

    private func write(_ path: String, days: Int) throws {
        try TextFile.write("{}\n", to: path)
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        time.tv_sec -= days * 86_400
        utimensat(AT_FDCWD, path, [time, time], 0)
    }
}
