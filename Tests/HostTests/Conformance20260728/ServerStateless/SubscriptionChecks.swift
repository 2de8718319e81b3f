import RoostJSON
import Testing

/// What an open subscription carries.
///
/// Subscription.next expects the subscription's id on every notification.
enum SubscriptionChecks {
    static let all: [Check<ModernClient>] = [
        Check("sep-2575-server-sends-subscription-ack, sep-2575-server-tags-subscription-id") { client in
            for id: JSONValue in [0, 5, "a text"] {
                let subscription = try await client.listen(["toolsListChanged": true], id: id)
                await subscription.close()
            }
        },
        Check("sep-2575-server-sends-tools-list-changed-on-subscription") { client in
            let subscription = try await client.listen(["toolsListChanged": true])
            let changed = try await change("test_trigger_tool_change", client, until: subscription)
            #expect(changed["method"] == "notifications/tools/list_changed", "\(changed)")
            await subscription.close()
        },
        Check("sep-2575-server-sends-prompts-list-changed-on-subscription") { client in
            let subscription = try await client.listen(["promptsListChanged": true])
            let changed = try await change("test_trigger_prompt_change", client, until: subscription)
            #expect(changed["method"] == "notifications/prompts/list_changed", "\(changed)")
            await subscription.close()
        },
        Check("sep-2575-server-honors-notification-filter") { client in
            let tools = try await client.listen(["toolsListChanged": true], id: "tools")
            let prompts = try await client.listen(["promptsListChanged": true], id: "prompts")
            let changed = try await change("test_trigger_tool_change", client, until: tools)
            #expect(changed["method"] == "notifications/tools/list_changed", "\(changed)")
            let next = try await change("test_trigger_prompt_change", client, until: prompts)
            #expect(next["method"] == "notifications/prompts/list_changed", "\(next)")
            await tools.close()
            await prompts.close()
        },
        Check("the acknowledgement names what is honoured, and nothing else") { client in
            let asked: JSONObject = ["toolsListChanged": true, "promptsListChanged": false]
            let stream = try await client.listen(asked)
            let reply = await stream.stream.reply
            let honoured = reply.messages.first?["params"]?["notifications"]
            #expect(honoured?["toolsListChanged"] == true, reply.exchange)
            #expect(honoured?["promptsListChanged"] != true, reply.exchange)
            await stream.close()
        },
    ]

    /// Calls the tool that changes a list until the subscription tells of a change.
    private static func change(
        _ tool: String,
        _ client: ModernClient,
        until subscription: Subscription
    ) async throws -> JSONValue {
        try await retrigger("a notification after \(tool)") {
            _ = try ToolShapes.text(try await client.call(tool))
        } until: {
            try await subscription.next(within: $0)
        }
    }
}
