import PluginRuntime
import Telemetry

/// What a scrape says of the host's own process, under the names that every Prometheus client uses.
struct HostMetrics: Sendable {
    /// Nanoseconds of the Unix epoch at which the host started.
    let since: Int64

    func collect(_ samples: inout MetricSamples) {
        samples.gauge(
            "roost_build_info",
            1,
            [("version", HostIdentity.version), ("swift", Self.swift), ("architecture", Self.architecture)]
        )
        samples.gauge("process_start_time_seconds", Double(since) / 1e9)
        if let limit = OpenFilesLimit.current { samples.gauge("process_max_fds", Double(limit)) }
        guard let process = ProcessUsage.ofThisProcess else { return }
        samples.counter("process_cpu_seconds_total", process.cpuSeconds)
        samples.gauge("process_resident_memory_bytes", Double(process.residentBytes))
        samples.gauge("process_threads", Double(process.threads))
        if let files = process.openFiles { samples.gauge("process_open_fds", Double(files)) }
    }

    private static var swift: String {
        #if compiler(>=6.4)
        "6.4"
        #else
        "6.3"
        #endif
    }

    private static var architecture: String {
        #if arch(x86_64)
        "x86_64"
        #elseif arch(arm64)
        "arm64"
        #else
        "other"
        #endif
    }
}
