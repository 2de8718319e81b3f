import ArgumentParser

/// Shows and purges the answers a running host keeps.
struct CacheCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "Show or purge the answers a running host keeps.",
        subcommands: [CacheStatsCommand.self, CachePurgeCommand.self]
    )
}
