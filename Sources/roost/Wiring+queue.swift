import ArgumentParser
import Gateway
import HostConfiguration
import Logging
import OutboundHTTP
import PluginRuntime
import RunPod
import Telemetry

/// The worker of a RunPod queue.
extension Wiring {
    /// Makes the worker of a host that runs in the mode `queue`; nil in any other.
    ///
    /// A fault of the environment is told, and ends the command.
    func queueWorker() throws -> QueueWorker? {
        guard configuration.mode.mode == .queue else { return nil }
        let environment = ProcessEnvironment.variables
        do throws(QueueSettingsFault) {
            guard
                var settings = try QueueSettings(
                    environment: environment,
                    folder: "\(configuration.data)/queue",
                    version: "roost/\(HostIdentity.version)"
                )
            else {
                throw QueueSettingsFault.noQueue
            }
            settings.maximumResult = configuration.queue.maxResult
            settings.maximumSyncResult = configuration.queue.maxSyncResult
            settings.adoptionAge = configuration.queue.adoptAfter
            return QueueWorker(
                settings,
                slots: slots(of: configuration.selectedPlugins.map(\.limits.concurrency)),
                caller: Caller(principal: "platform", grants: .everything),
                answers: answerStore,
                makeClient: { [configuration] in Self.outbound(configuration) },
                firstTake: { [start] in start.mark(.firstTake) },
                logger: logger
            )
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(Terminal.badConfiguration)
        }
    }

    /// Says who runs the worker's jobs, once the plugins are known.
    func open(_ queue: QueueWorker, for runner: any JobRunner, _ runtime: PluginRuntime) async {
        await queue.ready(runner) { slots(of: runtime.plugins.map(\.specification.concurrency)) }
    }

    /// Where answers go that are too long for the way they would take: the bucket of the environment, or the data folder.
    var answerStore: any AnswerStore {
        let volume = volumeAnswers
        guard let place = BucketPlace(environment: ProcessEnvironment.variables) else { return volume }
        return AnswerStores([BucketAnswers(place, client: outbound), volume], logger: logger)
    }

    private var volumeAnswers: VolumeAnswers { VolumeAnswers(folder: "\(configuration.data)/answers") }

    /// What looks after the data folder of a host that runs for long.
    func upkeep(_ runtime: PluginRuntime) -> Upkeep {
        func retention(_ files: KeptFilesConfiguration) -> Retention {
            Retention(age: files.keep, bytes: files.size)
        }
        return Upkeep(
            runtime: runtime,
            answers: volumeAnswers,
            keptAnswers: retention(configuration.answers),
            keptImages: retention(configuration.images),
            logger: logger
        )
    }

    /// As many jobs at once as host.yaml says, or as all plugins together take calls.
    private func slots(of plugins: [Int]) -> Int {
        let all = configuration.queue.concurrency ?? max(1, plugins.reduce(0, +))
        return min(all, configuration.limits.concurrency ?? all)
    }
}
