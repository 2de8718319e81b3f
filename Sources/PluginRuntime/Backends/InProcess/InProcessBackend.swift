/// A plugin in the host's own process: a call is a function call.
final class InProcessBackend: Backend {
    private let instance: PluginInstance
    let manifest: [UInt8]

    init(_ instance: PluginInstance, manifest: [UInt8]) {
        self.instance = instance
        self.manifest = manifest
    }

    var concurrency: Int { instance.image.concurrency }

    /// The host lives as long as this process does.
    var deathReason: String? { nil }

    func call(_ token: CallToken, _ request: PluginRequest, deadline: UInt64) {
        instance.call(token, request, deadline: deadline)
    }

    func cancel(_ token: CallToken) { instance.cancel(token) }

    func readManifest() async throws(PluginFailure) -> [UInt8] {
        let instance = instance
        return await Threads.run("manifest") { instance.manifest() }
    }

    func stop(by deadline: ContinuousClock.Instant) async {
        let instance = instance
        await Threads.run("stop") {
            instance.stop()
            instance.destroy()
        }
    }
}
