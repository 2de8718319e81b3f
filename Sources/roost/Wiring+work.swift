import Gateway
import HostConfiguration
import Logging
import NIOCore
import NIOPosix
import PluginRuntime
import Redis
import Telemetry
import WorkStore

/// What outlives its request, and where it is kept.
extension Wiring {
    /// Opens the store of jobs and tasks of a host that serves.
    ///
    /// Nil, and the log says why, when it cannot be used: that costs jobs and tasks, not the host.
    func workStore() -> (any WorkStore)? {
        if configuration.work.store == .redis, let redis { return RedisWorkStore(redis) }
        let path = configuration.work.path ?? "\(configuration.data)/work.sqlite"
        do {
            try Files.makeDirectory(Self.folder(of: path))
            return try SQLiteWorkStore(path: path)
        } catch {
            logger.error(
                "\(path) cannot be used, so there are no jobs and no tasks: \((error as? Files.Fault)?.reason ?? "\(error)")"
            )
            return nil
        }
    }

    /// Makes what keeps the tasks; nil where tasks are switched off or there is no store.
    func taskService(_ store: (any WorkStore)?) -> TaskService? {
        let configuration = configuration.tasks
        guard configuration.isEnabled, let store else { return nil }
        var settings = TaskSettings()
        settings.after = configuration.after
        settings.deadline = configuration.deadline
        settings.timeToLive = configuration.timeToLive
        settings.pollInterval = configuration.pollInterval
        settings.lease = configuration.lease
        let service = TaskService(
            store,
            settings: settings,
            logger: logger,
            now: { WallClock.nanoseconds / 1_000_000 },
            after: { [group] delay, action in _ = group.next().scheduleTask(in: TimeAmount(delay), action) }
        )
        telemetry.registry.collect { samples in
            samples.gauge("roost_tasks_working", Double(service.working))
        }
        return service
    }
}
