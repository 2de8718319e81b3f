package import RoostKit

/// One of everything that MCP can carry: the fixtures of the official conformance suite, written with the
/// SDK.
///
/// Names, keys and the shapes of the answers are the suite's. A tool that takes nothing stands first, because
/// the suite calls whichever it finds there.
package struct EverythingServer: Plugin {
    /// Lists that really change are what two of the tools are about.
    package static let manifest = Manifest(
        id: "dev.roost.everything",
        name: "everything",
        version: "1.0.0",
        title: "Everything",
        description: "One of everything that MCP can carry, for tests of clients and hosts.",
        instructions: "Every tool is a fixture for tests. None of them does anything in the world.",
        changingLists: [.tools, .prompts],
        updatesResources: true
    )

    private let lists = ChangingLists()
    private let watched = WatchedResource()

    /// Makes an instance in which nothing has changed yet.
    package init() {}

    package var tools: [AnyTool] {
        TestSimpleText()
        TestImageContent()
        TestAudioContent()
        TestEmbeddedResource()
        TestMultipleContentTypes()
        TestResourceLink()
        TestStructuredContent()
        TestErrorHandling()
        TestToolWithProgress()
        TestToolWithLogging()
        TestLoggingTool()
        TestXMCPHeader()
        TestReconnection()
        TestMissingCapability()
        JSONSchema202012Tool()
        TestUpdateWatchedResource(resource: watched)
        TestTriggerToolChange(lists: lists)
        TestTriggerPromptChange(lists: lists)
        questions
        tasks
        if lists.showsTool { TestChangedTool() }
    }

    /// Tools that ask the client something before they answer.
    @ToolBuilder private var questions: [AnyTool] {
        TestSampling()
        TestElicitation()
        TestElicitationDefaults()
        TestElicitationEnums()
        TestStreamingElicitation()
        TestInputRequiredResultElicitation()
        TestInputRequiredResultSampling()
        TestInputRequiredResultListRoots()
        TestInputRequiredResultRequestState()
        TestInputRequiredResultMultipleInputs()
        TestInputRequiredResultMultiRound()
        TestInputRequiredResultTamperedState()
        TestInputRequiredResultCapabilities()
    }

    /// Tools whose calls go on as tasks, and one whose calls never do.
    @ToolBuilder private var tasks: [AnyTool] {
        Greet()
        SlowCompute()
        FailingJob()
        ProtocolErrorJob()
        ConfirmDelete()
        MultiInput()
        TestToolWithTask()
    }

    package var prompts: [Prompt] {
        SamplePrompts.all
        if lists.showsPrompt { SamplePrompts.changed }
    }

    package var resources: [Resource] {
        SampleResources.all
        watched.resource
    }

    package var resourceTemplates: [ResourceTemplate] { SampleResources.template }
}
