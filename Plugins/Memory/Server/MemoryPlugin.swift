import FoundationEssentials
package import RoostKit

/// What outlives conversations: memories that are found by meaning and by words, and a knowledge graph of entities,
/// observations and relations.
package struct MemoryPlugin: ConfiguredPlugin {
    package static let manifest = Manifest(
        id: "dev.roost.memory",
        name: "memory",
        version: "1.0.0",
        title: "Memory",
        description: """
            Memories that are found by meaning and by words, and a knowledge graph of entities, observations and \
            relations; both outlive the conversation.
            """,
        instructions: """
            Look before you answer from memory: retrieve finds texts by what they mean, search_nodes and open_nodes look \
            into the graph. Store texts that should last with store; store facts about people and things as entities with \
            short observations, and connect them with relations in active voice.
            """,
        updatesResources: true
    )

    private let memory: LiveMemory

    package init(_ environment: PluginEnvironment) throws {
        let settings = try MemorySettings(
            environment.config,
            dataDirectory: environment.dataDirectory,
            environment: ProcessInfo.processInfo.environment
        )
        memory = LiveMemory(settings, environment)
    }

    package var tools: [AnyTool] {
        CreateEntities(memory: memory)
        CreateRelations(memory: memory)
        AddObservations(memory: memory)
        DeleteEntities(memory: memory)
        DeleteObservations(memory: memory)
        DeleteRelations(memory: memory)
        ReadGraph(memory: memory)
        SearchNodes(memory: memory)
        OpenNodes(memory: memory)
        Store(memory: memory)
        Retrieve(memory: memory)
        Update(memory: memory)
        Delete(memory: memory)
        List(memory: memory)
        ForgetBefore(memory: memory)
        Stats(memory: memory)
    }

    package var resources: [Resource] {
        KnowledgeGraphResource.resource(of: memory)
        ExportResource.resource(of: memory)
        MemoriesResource.resource(of: memory)
    }

    package var resourceTemplates: [ResourceTemplate] { MemoryResource.resources(of: memory) }

    package var prompts: [Prompt] { RecallPrompt.prompt(of: memory) }

    package func start() async throws { try memory.start() }

    package func stop() async { await memory.stop() }
}
