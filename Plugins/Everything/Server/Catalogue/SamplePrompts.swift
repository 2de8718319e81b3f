import RoostKit

/// Prompts with every kind of content, one that asks, and one that comes and goes.
enum SamplePrompts {
    @ListBuilder<Prompt> static var all: [Prompt] {
        Prompt("test_simple_prompt", description: "A prompt without arguments.") { _, _ in
            [.user("This is a simple prompt for testing.")]
        }
        Prompt(
            "test_prompt_with_arguments",
            description: "A prompt that puts its two arguments into its message.",
            arguments: [
                PromptArgument(
                    "arg1",
                    description: "The first argument.",
                    required: true,
                    completing: .oneOf(["test-value-1", "test-value-2", "another-value"])
                ),
                PromptArgument("arg2", description: "The second argument.", required: true),
            ]
        ) { arguments, _ in
            [.user("Prompt with arguments: arg1='\(arguments.arg1)', arg2='\(arguments.arg2)'")]
        }
        Prompt(
            "test_prompt_with_embedded_resource",
            description: "A prompt that carries a resource.",
            arguments: [
                PromptArgument("resourceUri", description: "The URI of the resource.", required: true)
            ]
        ) { arguments, _ in
            let contents = ResourceContents.text(
                "Embedded resource content for testing.",
                uri: arguments.resourceUri,
                mimeType: "text/plain"
            )
            return [.user(.resource(contents)), .user("Please process the embedded resource above.")]
        }
        Prompt("test_prompt_with_image", description: "A prompt that carries a picture.") { _, _ in
            [
                .user(.image(SampleMedia.png, mimeType: "image/png")),
                .user("Please analyze the image above."),
            ]
        }
        asking
    }

    /// Comes and goes with test_trigger_prompt_change.
    static var changed: Prompt {
        Prompt("test_changed_prompt", description: "Is there after every other change of the prompts.") {
            _,
            _ in
            [.user("This prompt was added while the plugin ran.")]
        }
    }

    private static var asking: Prompt {
        Prompt("test_input_required_result_prompt", description: "A prompt that asks for its context.") {
            _,
            context in
            let answer = try await context.elicit(
                "What context should the prompt use?",
                as: ContextForm.self,
                key: "user_context"
            )
            guard let form = answer.accepted else { return [.user("Use no particular context.")] }
            return [.user("Use the following context: \(form.context)")]
        }
    }

    private struct ContextForm: ToolInput {
        @Param("The context of the prompt") var context: String
    }
}
