import EventWaiting
import Glibc
import RoostJSON
import Testing

/// What was acknowledged outlives a host that is killed.
@Suite("Jobs and kill -9", .timeLimit(.minutes(3)))
struct KilledJobs {
    /// ```
    /// host 1: 200 for each of 25 jobs ── some have ended, some are at work, most wait ── kill -9
    /// host 2, same data: takes up what was at work, runs what waited; what had ended is still known
    /// ```
    @Test("every job that was acknowledged ends, on the next host")
    func survives() async throws {
        let file = HostFile(
            plugins: [("echo", "libEcho.so")],
            further: "jobs: { concurrency: 4 }"
        )
        let first = try await RunningHost.start(file)
        let client = JobClient(port: first.port)
        var ids: [String: Int64] = [:]
        for number in 0..<20 {
            let input: JSONValue = [
                "server": "echo", "tool": "add", "arguments": ["a": .integer(Int64(number)), "b": 1],
            ]
            ids[try await client.run(input)] = Int64(number + 1)
        }
        let done = try #require(ids.keys.first)
        _ = try await client.awaited(done, "COMPLETED")
        // They take every place, and never end: what comes after them waits.
        var slow: [String] = []
        for _ in 0..<4 {
            slow.append(
                try await client.run(["server": "echo", "tool": "sleep", "arguments": ["seconds": 600]])
            )
        }
        let waiting = try await client.run(["server": "echo", "tool": "add", "arguments": ["a": 40, "b": 2]])
        for id in slow { _ = try await client.awaited(id, "IN_PROGRESS") }
        kill(try first.pid, SIGKILL)
        _ = try await poll(for: "the end of the host") {
            TextFile.text(first.directory.path + "/ended") == nil ? nil : true
        }

        let second = try await RunningHost.start(file, data: first.data)
        let next = JobClient(port: second.port)
        for (id, sum) in ids {
            let job = try await next.awaited(id, "COMPLETED", "FAILED")
            #expect(job["output"]?["structuredContent"]?["sum"] == .integer(sum), "\(job)")
        }
        #expect(try await next.awaited(waiting, "COMPLETED")["output"]?["structuredContent"]?["sum"] == 42)
        for id in slow {
            // Until the new host has looked, the record says what the old one left.
            _ = try await poll(for: "another try of \(id)", within: .seconds(60)) {
                let job = try await next.status(id)
                return job?["status"] == "IN_PROGRESS" && job?["retries"] == 1 ? true : nil
            }
            _ = try await next.send("POST", "/cancel/\(id)")
        }
        second.stop()
        first.stop()
    }

    @Test(
        "a job that is at work when the host is asked to stop goes back into the queue and runs on the next"
    )
    func drained() async throws {
        let file = HostFile(plugins: [("echo", "libEcho.so")], further: "stop_grace: 2s")
        let first = try await RunningHost.start(file)
        let client = JobClient(port: first.port)
        let id = try await client.run(["server": "echo", "tool": "sleep", "arguments": ["seconds": 600]])
        _ = try await client.awaited(id, "IN_PROGRESS")
        kill(try first.pid, SIGTERM)
        _ = try await poll(for: "the end of the host") {
            TextFile.text(first.directory.path + "/ended") == nil ? nil : true
        }
        let second = try await RunningHost.start(file, data: first.data)
        let next = JobClient(port: second.port)
        let job = try await next.awaited(id, "IN_PROGRESS", "FAILED", "CANCELLED")
        #expect(job["status"] == "IN_PROGRESS" && job["retries"] == nil, "\(job)")
        _ = try await next.send("POST", "/cancel/\(id)")
        second.stop()
        first.stop()
    }
}
