import CRoost
import RoostKit

/// The tables of all extensions that the test host offers.
///
/// Plain C data; every function finds its host by its argument.
struct ExtensionTables {
    var log = roost_host_log(
        size: UInt32(MemoryLayout<roost_host_log>.size),
        reserved: 0,
        is_enabled: { host, call, level in
            guard let level = LogLevel(rawValue: level) else { return false }
            return TestHost.behind(host).recorder.record.isLogEnabled(call, level)
        },
        write: { host, call, level, logger, data in
            let recorder = TestHost.behind(host).recorder
            let bytes = TestHost.bytes(data)
            let name = String(decoding: TestHost.bytes(logger), as: UTF8.self)
            guard let level = LogLevel(rawValue: level), let value = try? JSONValue(parsing: bytes) else {
                let text = String(decoding: bytes, as: UTF8.self)
                recorder.change {
                    $0.fault("The plugin logged at level \(level) something that is not JSON: \(text)")
                }
                return
            }
            recorder.change { $0.log(LogLine(level: level, logger: name, data: value, call: call)) }
        }
    )

    var progress = roost_host_progress(
        size: UInt32(MemoryLayout<roost_host_progress>.size),
        reserved: 0,
        report: { host, call, value, total, message in
            let recorder = TestHost.behind(host).recorder
            let text = String(decoding: TestHost.bytes(message), as: UTF8.self)
            let report = ProgressReport(value: value, total: total > 0 ? total : nil, message: text)
            guard recorder.change({ $0.report(report, of: call) }) else {
                return roost_status(ROOST_UNKNOWN_CALL)
            }
            return roost_status(recorder.record.isCancelled(call) ? ROOST_CANCELLED : ROOST_OK)
        }
    )

    var manifest = roost_host_manifest(
        size: UInt32(MemoryLayout<roost_host_manifest>.size),
        reserved: 0,
        changed: { host in TestHost.behind(host).recorder.change { $0.changeManifest() } }
    )

    var resources = roost_host_resources(
        size: UInt32(MemoryLayout<roost_host_resources>.size),
        reserved: 0,
        updated: { host, uri in
            let uri = String(decoding: TestHost.bytes(uri), as: UTF8.self)
            TestHost.behind(host).recorder.change { $0.updateResource(uri) }
        }
    )

    var stream = roost_host_stream(
        size: UInt32(MemoryLayout<roost_host_stream>.size),
        reserved: 0,
        close: { host, call, nanoseconds in
            let pause = Duration.nanoseconds(Int64(clamping: nanoseconds))
            let isOpen = TestHost.behind(host).recorder.change { $0.closeStream(of: call, for: pause) }
            return roost_status(isOpen ? ROOST_OK : ROOST_UNKNOWN_CALL)
        }
    )

    var http = roost_host_http(
        size: UInt32(MemoryLayout<roost_host_http>.size),
        reserved: 0,
        send: { host, call, request, handler in
            TestHost.behind(host).http.send(call, request.pointee, handler.pointee)
        },
        write: { host, request, bytes, isLast in
            let isOpen = TestHost.behind(host).http.write(request, TestHost.bytes(bytes), isLast: isLast)
            return roost_status(isOpen ? ROOST_OK : ROOST_UNKNOWN_CALL)
        },
        consumed: { _, _, _ in },
        cancel: { host, request in TestHost.behind(host).http.cancel(request) }
    )
}
