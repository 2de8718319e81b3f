import RoostKit

// Tools that change what the plugin lists.

struct TestTriggerToolChange: Tool {
    static let description = "Adds test_changed_tool to the tools, or takes it away again."
    let lists: ChangingLists

    func call(_ input: NoInput, _ context: CallContext) -> String {
        let isThere = lists.toggleTool()
        context.manifestChanged()
        return "\(TestChangedTool.name) was \(isThere ? "added" : "removed")."
    }
}

struct TestTriggerPromptChange: Tool {
    static let description = "Adds test_changed_prompt to the prompts, or takes it away again."
    let lists: ChangingLists

    func call(_ input: NoInput, _ context: CallContext) -> String {
        let isThere = lists.togglePrompt()
        context.manifestChanged()
        return "\(SamplePrompts.changed.name) was \(isThere ? "added" : "removed")."
    }
}

struct TestChangedTool: Tool {
    static let description = "Is there after every other change of the tools."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) -> String {
        "This tool was added while the plugin ran."
    }
}
