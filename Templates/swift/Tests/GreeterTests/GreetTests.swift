import RoostTesting
import Testing

@testable import Greeter

@Suite("greet") struct GreetTests {
    @Test("greets by name, once unless told otherwise") func greeting() async throws {
        try await withPlugin(GreeterPlugin.self) { plugin in
            let once = try await plugin.callTool("greet", ["name": "Ada"])
            #expect(once.text == "Hello, Ada!")
            let twice = try await plugin.callTool("greet", ["name": "Ada", "times": 2])
            #expect(twice.text == "Hello, Ada!\nHello, Ada!")
        }
    }

    @Test("tells the model what is wrong with a name") func refusal() async throws {
        try await withPlugin(GreeterPlugin.self) { plugin in
            let result = try await plugin.callTool("greet", ["name": "42"])
            #expect(result.isError && result.text.contains("such as Ada"))
        }
    }
}
