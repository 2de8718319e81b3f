import Gateway
import MCP
import PluginProjects
import PluginRuntime
import RoostJSON

/// Runs the calls of a project's scripts in a throw-away host, and says of each what came of it.
struct ScriptRun: Sendable {
    let scripts: [(file: String, script: CallScript)]

    /// The most rounds of questions a call may need.
    static let maximumRounds = 10

    /// Reads every script of a folder, in the order of their names; nil when there is no script.
    ///
    /// - Throws: A sentence about the first one that cannot be used.
    static func find(in folder: String) throws -> ScriptRun? {
        let names = (Folders.contents(of: folder) ?? []).filter { $0.hasSuffix(".json") }.sorted()
        guard !names.isEmpty else { return nil }
        return ScriptRun(
            scripts: try names.map { name in
                let path = "\(folder)/\(name)"
                return (name, try CallScript(parsing: read(path), name: path))
            }
        )
    }

    private static func read(_ path: String) throws -> [UInt8] {
        do throws(Files.Fault) { return try Files.read(path) } catch {
            throw PluginProject.Fault(description: "\(path): \(error.reason)")
        }
    }

    /// Makes every call, one after the other; true when each did what was expected of it.
    func run(on host: PluginHost, alias: String) async -> Bool {
        var failures = 0
        for (file, script) in scripts {
            Terminal.say(Terminal.bold(file))
            for call in script.calls {
                let outcome = await Self.outcome(of: call, host, alias)
                if let fault = call.fault(in: outcome) {
                    failures += 1
                    Terminal.say("  \(Terminal.bad("✘")) \(call.name): \(fault)")
                } else {
                    Terminal.say("  \(Terminal.good("✔")) \(call.name)")
                }
            }
        }
        let count = scripts.reduce(0) { $0 + $1.script.calls.count }
        let calls = "\(count) \(count == 1 ? "call" : "calls")"
        Terminal.say(
            failures == 0
                ? Terminal.good("\(calls), none failed") : Terminal.bad("\(calls), \(failures) failed")
        )
        return failures == 0
    }

    private static func outcome(
        of call: ScriptedCall,
        _ host: PluginHost,
        _ alias: String
    ) async -> ScriptedCall.Outcome {
        let client = LocalClient(
            gateway: host.gateway,
            endpoint: .plugin(alias),
            capabilities: call.capabilities
        )
        var params: JSONObject = ["name": .string(call.tool), "arguments": .object(call.arguments)]
        do {
            var result = try await client.request("tools/call", params)
            for _ in 1...maximumRounds {
                guard let responses = call.responses(to: result) else { break }
                params["inputResponses"] = .object(responses)
                params["requestState"] = result["requestState"]
                result = try await client.request("tools/call", params)
            }
            return .result(result)
        } catch let error as RPCError {
            var members: JSONObject = [
                "code": .integer(Int64(error.code.rawValue)), "message": .string(error.message),
            ]
            members["data"] = error.data
            return .error(.object(members))
        } catch {
            return .error(["message": .string("\(error)")])
        }
    }
}
