import FoundationEssentials
package import RoostKit

/// Current documentation of libraries: from the Context7 service, and from folders, checkouts and files of this machine.
///
/// ```
/// Tools ─┬─> Libraries   here: index of files, found by words and meaning. Nothing of it leaves the machine
///        └─> Service     everywhere else: asked over the host's HTTP, earlier answers before it
///              └──────> Answers: one form for both
/// ```
package struct Context7Plugin: ConfiguredPlugin {
    package static let manifest = Manifest(
        id: "dev.roost.context7",
        name: "Context7",
        version: "1.0.0",
        title: "Context7",
        description:
            "Current documentation and examples of libraries, from the Context7 service and from this machine.",
        websiteURL: "https://context7.com",
        instructions: """
            Look documentation up here whenever a question is about a library, framework, SDK, API, command-line tool or cloud \
            service, also a well-known one: what was learnt may be out of date. Not for refactoring, for scripts without \
            libraries, for finding faults in business logic, for reviews, or for general concepts of programming.
            """,
        upstreams: [
            Upstream("context7.com", headers: ["Authorization": "Bearer ${secret:CONTEXT7_API_KEY}"])
        ]
    )

    private let documentation: LiveDocumentation

    package init(_ environment: PluginEnvironment) throws {
        let settings = try Context7Settings(
            environment.config,
            dataDirectory: environment.dataDirectory,
            environment: ProcessInfo.processInfo.environment
        )
        documentation = LiveDocumentation(settings, environment, version: Self.manifest.version)
    }

    package var tools: [AnyTool] {
        ResolveLibraryID(documentation: documentation)
        QueryDocs(documentation: documentation)
        GetLibraryDocs(documentation: documentation)
    }

    package func start() async throws { try documentation.start() }

    package func stop() async { await documentation.stop() }
}
