import Logging
import NIOCore
import Synchronization

/// The cells of a host: one for each plugin that has one of its own, and those that several plugins share by a group's name.
final class CellGroups: Sendable {
    private let executable: String
    private let build: String?
    private let images: String
    private let dataDirectory: String
    private let reports: CrashReportStore
    private let eventLoops: any EventLoopGroup
    private let logger: Logger
    private let shared = Mutex<[String: CellGroup]>([:])

    /// `images` is the folder of the copies that are loaded, `dataDirectory` the host's own; `reports` keeps crashes.
    init(
        executable: String,
        images: String,
        dataDirectory: String,
        reports: CrashReportStore,
        eventLoops: any EventLoopGroup,
        logger: Logger
    ) {
        self.executable = executable
        self.images = images
        self.dataDirectory = dataDirectory
        self.reports = reports
        build = ExecutableBuild.of(executable)
        self.eventLoops = eventLoops
        self.logger = logger
    }

    /// A cell for one plugin alone.
    ///
    /// Each call gives another: a new version of a plugin never shares a process with the one before.
    func own(_ specification: PluginSpecification, on eventLoop: any EventLoop) -> CellGroup {
        CellGroup(plan(name: specification.alias, for: [specification], on: eventLoop))
    }

    /// The cell of a group, as ``declare(_:)`` made it.
    func shared(_ group: String, with specification: PluginSpecification) -> CellGroup {
        shared.withLock { shared in
            if let known = shared[group] { return known }
            let made = CellGroup(
                plan(name: Self.name(of: group), for: [specification], on: eventLoops.next())
            )
            shared[group] = made
            return made
        }
    }

    /// Takes in which plugins share cells.
    ///
    /// A group whose process would be another now gets a fresh cell, which plugins enter when they are started next; those that
    /// run stay in the old one until then.
    ///
    /// - Returns: The groups that got a fresh cell although they had one.
    func declare(_ specifications: [PluginSpecification]) -> Set<String> {
        var members: [String: [PluginSpecification]] = [:]
        for specification in specifications {
            if case .group(let name) = specification.process {
                members[name, default: []].append(specification)
            }
        }
        var renewed: Set<String> = []
        shared.withLock { shared in
            for name in shared.keys where members[name] == nil { shared[name] = nil }
            for (name, members) in members {
                let known = shared[name]
                let eventLoop = known?.eventLoop ?? eventLoops.next()
                let plan = plan(name: Self.name(of: name), for: members, on: eventLoop)
                if let known {
                    if known.plan.isSameProcess(as: plan) { continue }
                    renewed.insert(name)
                }
                shared[name] = CellGroup(plan)
            }
        }
        return renewed
    }

    private static func name(of group: String) -> String { "group \(group)" }

    private func plan(
        name: String,
        for members: [PluginSpecification],
        on eventLoop: any EventLoop
    ) -> CellPlan {
        CellPlan(
            name: name,
            executable: executable,
            build: build,
            environment: CellEnvironment.variables(for: members),
            confinement: ConfinementPlan(for: members, images: images, hostData: dataDirectory),
            isShared: members.count > 1,
            reports: reports,
            eventLoop: eventLoop,
            logger: logger
        )
    }
}
