package import CRoost
import RoostKit

/// A host's table and its extensions, which write everything into a record.
///
/// Unchecked: all memory is written in init and freed in deinit; in between it is only read, by any thread.
/// The tables' functions find this object through the host's context, which the owner keeps alive until
/// destroy has returned.
package final class TestHost: @unchecked Sendable {
    let recorder: HostRecorder
    let http: HTTPStand
    private let host = UnsafeMutablePointer<roost_host>.allocate(capacity: 1)
    private let tables = UnsafeMutablePointer<ExtensionTables>.allocate(capacity: 1)
    private let texts: [UnsafeMutableBufferPointer<UInt8>]

    /// The table to make a plugin with.
    package var table: UnsafePointer<roost_host> { UnsafePointer(host) }

    init(_ recorder: HostRecorder, dataDirectory: String, http: HTTPStand = HTTPStand(nil)) {
        self.recorder = recorder
        self.http = http
        texts = ["roost-testing\0", "1.0.0\0", "test", dataDirectory].map { text in
            let bytes = Array(text.utf8)
            let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
            _ = buffer.initialize(from: bytes)
            return buffer
        }
        tables.initialize(to: ExtensionTables())
        host.initialize(
            to: roost_host(
                size: UInt32(MemoryLayout<roost_host>.size),
                abi_major: UInt16(ROOST_ABI_MAJOR),
                abi_minor: UInt16(ROOST_ABI_MINOR),
                context: nil,
                name: Self.cString(texts[0]),
                version: Self.cString(texts[1]),
                alias: Self.view(texts[2]),
                data_directory: Self.view(texts[3]),
                complete: { host, call, status, result in
                    TestHost.behind(host).complete(call, status, TestHost.take(result))
                },
                is_cancelled: { host, call in TestHost.behind(host).recorder.record.isCancelled(call) },
                get_extension: { host, id in TestHost.behind(host).extension(String(cString: id)) }
            )
        )
        // Unretained: this object outlives the table it is found through, because it frees it.
        host.pointee.context = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        for text in texts { text.deallocate() }
        tables.deallocate()
        host.deallocate()
    }

    static func behind(_ host: UnsafePointer<roost_host>) -> TestHost {
        guard let context = host.pointee.context else {
            preconditionFailure("The host's context was overwritten.")
        }
        return Unmanaged<TestHost>.fromOpaque(context).takeUnretainedValue()
    }

    private func complete(_ call: UInt64, _ status: roost_status, _ bytes: [UInt8]) -> roost_status {
        let outcome = OutcomeReader.read(status, bytes, of: call)
        http.cancelAll(of: call)
        let isKnown = recorder.change { $0.complete(call, with: outcome) }
        return roost_status(isKnown ? ROOST_OK : ROOST_UNKNOWN_CALL)
    }

    private func `extension`(_ id: String) -> UnsafeRawPointer? {
        switch id {
        case ROOST_EXT_HTTP: UnsafeRawPointer(tables.pointer(to: \.http) ?? nil)
        case ROOST_EXT_LOG: UnsafeRawPointer(tables.pointer(to: \.log) ?? nil)
        case ROOST_EXT_PROGRESS: UnsafeRawPointer(tables.pointer(to: \.progress) ?? nil)
        case ROOST_EXT_MANIFEST: UnsafeRawPointer(tables.pointer(to: \.manifest) ?? nil)
        case ROOST_EXT_RESOURCES: UnsafeRawPointer(tables.pointer(to: \.resources) ?? nil)
        case ROOST_EXT_STREAM: UnsafeRawPointer(tables.pointer(to: \.stream) ?? nil)
        default: nil
        }
    }

    /// Copies what was handed over and releases it, once, as its new owner must.
    private static func take(_ buffer: roost_buffer) -> [UInt8] {
        defer { buffer.release?(buffer.context) }
        return bytes(roost_view(data: buffer.data, size: buffer.size))
    }

    static func bytes(_ view: roost_view) -> [UInt8] {
        guard let data = view.data else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: view.size))
    }

    private static func view(_ text: UnsafeMutableBufferPointer<UInt8>) -> roost_view {
        roost_view(data: UnsafePointer(text.baseAddress), size: text.count)
    }

    /// The buffer ends with a zero byte and is never empty, so it has an address.
    private static func cString(_ text: UnsafeMutableBufferPointer<UInt8>) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.baseAddress.unsafelyUnwrapped).assumingMemoryBound(to: CChar.self)
    }
}
