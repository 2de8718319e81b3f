import CRoost

/// The roost_host and the extension structs that one plugin instance sees, in memory of their own.
///
/// The same table serves a plugin in the host and one in a cell. Every function finds its instance through the context and
/// does nothing but translate. Invariant: the instance outlives the table's use by the plugin; see ``PluginInstance``.
struct HostTable {
    let host: UnsafeMutablePointer<roost_host>
    private let http: UnsafeMutablePointer<roost_host_http>
    /// Whether this host sends requests at all.
    private let hasHTTP: Bool
    private let log: UnsafeMutablePointer<roost_host_log>
    private let manifest: UnsafeMutablePointer<roost_host_manifest>
    private let progress: UnsafeMutablePointer<roost_host_progress>
    private let resources: UnsafeMutablePointer<roost_host_resources>
    private let stream: UnsafeMutablePointer<roost_host_stream>
    private let alias: UnsafeMutableBufferPointer<UInt8>
    private let dataDirectory: UnsafeMutableBufferPointer<UInt8>

    // Invariant: literals live as long as the process.
    private static let name: StaticString = "roost"
    private static let version: StaticString = "1.0.0"

    init(instance: UnsafeMutableRawPointer, alias: String, dataDirectory: String, hasHTTP: Bool) {
        self.hasHTTP = hasHTTP
        self.alias = Self.copy(alias)
        self.dataDirectory = Self.copy(dataDirectory)
        host = Self.place(
            roost_host(
                size: UInt32(MemoryLayout<roost_host>.size),
                abi_major: UInt16(ROOST_ABI_MAJOR),
                abi_minor: UInt16(ROOST_ABI_MINOR),
                context: instance,
                name: Self.text(Self.name),
                version: Self.text(Self.version),
                alias: Self.view(self.alias),
                data_directory: Self.view(self.dataDirectory),
                complete: { host, call, status, result in
                    CallbackScope.run { PluginInstance.of(host).complete(call, status, result) }
                },
                is_cancelled: { host, call in PluginInstance.of(host).isCancelled(call) },
                get_extension: { host, id in PluginInstance.of(host).table?.find(String(cString: id)) }
            )
        )
        http = Self.place(
            roost_host_http(
                size: UInt32(MemoryLayout<roost_host_http>.size),
                reserved: 0,
                send: { host, call, request, handler in
                    CallbackScope.run { PluginInstance.of(host).sendHTTP(call, request, handler) }
                },
                write: { host, request, bytes, isLast in
                    CallbackScope.run { PluginInstance.of(host).writeHTTP(request, bytes, isLast: isLast) }
                },
                consumed: { host, request, bytes in
                    CallbackScope.run { PluginInstance.of(host).consumedHTTP(request, bytes) }
                },
                cancel: { host, request in CallbackScope.run { PluginInstance.of(host).cancelHTTP(request) } }
            )
        )
        log = Self.place(
            roost_host_log(
                size: UInt32(MemoryLayout<roost_host_log>.size),
                reserved: 0,
                is_enabled: { host, call, level in PluginInstance.of(host).isLogEnabled(call, level) },
                write: { host, call, level, logger, data in
                    CallbackScope.run { PluginInstance.of(host).log(call, level, logger, data) }
                }
            )
        )
        manifest = Self.place(
            roost_host_manifest(
                size: UInt32(MemoryLayout<roost_host_manifest>.size),
                reserved: 0,
                changed: { host in CallbackScope.run { PluginInstance.of(host).services.manifestChanged() } }
            )
        )
        progress = Self.place(
            roost_host_progress(
                size: UInt32(MemoryLayout<roost_host_progress>.size),
                reserved: 0,
                report: { host, call, progress, total, message in
                    CallbackScope.run { PluginInstance.of(host).report(call, progress, total, message) }
                }
            )
        )
        resources = Self.place(
            roost_host_resources(
                size: UInt32(MemoryLayout<roost_host_resources>.size),
                reserved: 0,
                updated: { host, uri in
                    CallbackScope.run { PluginInstance.of(host).services.resourceUpdated(uri.string) }
                }
            )
        )
        stream = Self.place(
            roost_host_stream(
                size: UInt32(MemoryLayout<roost_host_stream>.size),
                reserved: 0,
                close: { host, call, retry in
                    CallbackScope.run { PluginInstance.of(host).closeStream(call, retry) }
                }
            )
        )
    }

    /// Gives the memory back.
    ///
    /// No function of the table may be called afterwards.
    func free() {
        host.deallocate()
        http.deallocate()
        log.deallocate()
        manifest.deallocate()
        progress.deallocate()
        resources.deallocate()
        stream.deallocate()
        alias.deallocate()
        dataDirectory.deallocate()
    }

    private func find(_ id: String) -> UnsafeRawPointer? {
        switch id {
        case ROOST_EXT_HTTP: hasHTTP ? UnsafeRawPointer(http) : nil
        case ROOST_EXT_LOG: UnsafeRawPointer(log)
        case ROOST_EXT_MANIFEST: UnsafeRawPointer(manifest)
        case ROOST_EXT_PROGRESS: UnsafeRawPointer(progress)
        case ROOST_EXT_RESOURCES: UnsafeRawPointer(resources)
        case ROOST_EXT_STREAM: UnsafeRawPointer(stream)
        default: nil
        }
    }

    private static func place<Table>(_ table: Table) -> UnsafeMutablePointer<Table> {
        let pointer = UnsafeMutablePointer<Table>.allocate(capacity: 1)
        pointer.initialize(to: table)
        return pointer
    }

    private static func copy(_ text: String) -> UnsafeMutableBufferPointer<UInt8> {
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = bytes.initialize(from: text.utf8)
        return bytes
    }

    private static func view(_ bytes: UnsafeMutableBufferPointer<UInt8>) -> roost_view {
        roost_view(data: UnsafePointer(bytes.baseAddress), size: bytes.count)
    }

    private static func text(_ literal: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}

extension roost_view {
    /// A copy of the bytes.
    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: data, count: data == nil ? 0 : size)) }

    /// The bytes as text; what is not UTF-8 is replaced.
    var string: String {
        String(decoding: UnsafeBufferPointer(start: data, count: data == nil ? 0 : size), as: UTF8.self)
    }
}
