import FoundationEssentials
package import RoostKit

/// A knowledge graph that outlives conversations: entities, what was observed of them, and relations between them.
package struct MemoryPlugin: ConfiguredPlugin {
    package static let manifest = Manifest(
        id: "dev.roost.memory",
        name: "memory",
        version: "1.0.0",
        title: "Memory",
        description:
            "A knowledge graph of entities, observations and relations that outlives the conversation.",
        instructions: """
            Look with search_nodes or open_nodes before you answer from memory. Store what should last as entities with \
            short observations, and connect them with relations in active voice.
            """,
        updatesResources: true
    )

    private let graph: LiveGraph

    package init(_ environment: PluginEnvironment) throws {
        let settings = try MemorySettings(
            environment.config,
            dataDirectory: environment.dataDirectory,
            environment: ProcessInfo.processInfo.environment
        )
        graph = LiveGraph(settings, environment)
    }

    package var tools: [AnyTool] {
        CreateEntities(graph: graph)
        CreateRelations(graph: graph)
        AddObservations(graph: graph)
        DeleteEntities(graph: graph)
        DeleteObservations(graph: graph)
        DeleteRelations(graph: graph)
        ReadGraph(graph: graph)
        SearchNodes(graph: graph)
        OpenNodes(graph: graph)
    }

    package var resources: [Resource] {
        KnowledgeGraphResource.resource(of: graph)
        ExportResource.resource(of: graph)
    }

    package func start() async throws { try graph.start() }

    package func stop() async { graph.stop() }
}
