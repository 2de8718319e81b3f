import Glibc
import Logging
import RoostJSON
import Telemetry
import Testing

@Suite("The access log's file")
struct LineLogTests {
    private let folder = "/tmp/roost-lines-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    private let registry = MetricsRegistry()

    private func log(_ path: String) -> LineLog {
        mkdir(folder, 0o700)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return LineLog(.file(path), logger: logger, metrics: registry, now: { 1_785_231_000_250_000_000 })
    }

    private func lines(_ path: String) -> [String] {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 22)
        let count = read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n").map(
            String.init
        )
    }

    @Test("takes lines from many threads, each whole, and nobody else may read it")
    func append() async {
        let path = folder + "/access.log"
        let log = log(path)
        await withTaskGroup(of: Void.self) { tasks in
            for writer in 0..<8 {
                tasks.addTask { for number in 0..<500 { log.append(Array("line \(writer) \(number)".utf8)) } }
            }
        }
        await log.flush()
        #expect(Set(lines(path)).count == 4_000)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 & ~0o640 == 0)
        #expect(log.timestamp() == "2026-07-28T09:30:00.250Z")
    }

    @Test("is opened anew when it was moved, and when it is told so")
    func rotation() async {
        let path = folder + "/access.log"
        let log = log(path)
        log.append(Array("one".utf8))
        await log.flush()
        rename(path, path + ".1")
        log.append(Array("two".utf8))
        await log.flush()
        #expect(lines(path + ".1") == ["one"] && lines(path) == ["two"])
        log.reopen()
        log.append(Array("three".utf8))
        await log.flush()
        #expect(lines(path) == ["two", "three"])
    }

    @Test("that cannot be opened costs its lines, which are counted, and is tried again")
    func unwritable() async {
        let path = folder + "/missing/access.log"
        let log = log(path)
        log.append(Array("one".utf8))
        await log.flush()
        let text = ExpositionWriter.text(registry.samples(), as: .prometheus)
        #expect(text.contains("roost_access_log_dropped_total 1\n"))
        mkdir(folder + "/missing", 0o700)
        log.append(Array("two".utf8))
        await log.flush()
        #expect(lines(path) == ["two"])
    }

    @Test("administrative actions stand in it too, without secrets, and are counted")
    func audit() async throws {
        let path = folder + "/access.log"
        let log = log(path)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let redaction = Redaction(secrets: ["s3cret-key"])
        let audit = AuditTrail(lines: log, redaction: redaction, logger: logger, metrics: registry)
        audit.record(
            AuditEvent(.reload, .refused, principal: "key:ci", plugin: "echo", reason: "s3cret-key is wrong")
        )
        await log.flush()
        #expect(
            try JSONValue(parsing: lines(path).first ?? "") == [
                "time": "2026-07-28T09:30:00.250Z", "event": "audit", "action": "reload",
                "outcome": "refused", "principal": "key:ci", "plugin": "echo",
                "reason": "[redacted] is wrong",
            ]
        )
        let text = ExpositionWriter.text(registry.samples(), as: .prometheus)
        #expect(text.contains(#"roost_audit_events_total{action="reload",outcome="refused"} 1"#))
    }
}
