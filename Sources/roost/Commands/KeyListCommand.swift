import ArgumentParser
import PluginRuntime
import Policies
import RoostJSON

/// Lists the keys of the data folder, never what they are.
struct KeyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the keys there are.")

    @OptionGroup var options: KeyFileOptions

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    func run() async throws {
        let file = try options.file()
        let records = try options.records(file).sorted { ($0.principal, $0.id) < ($1.principal, $1.id) }
        let now = Timestamp.now.seconds
        if json {
            let keys = records.map { record -> JSONValue in
                var object = record.json.object ?? [:]
                object["hash"] = nil
                object["expired"] = .bool(record.isExpired(at: now))
                return .object(object)
            }
            return Terminal.say(JSONValue.object(["keys": .array(keys)]).text)
        }
        guard !records.isEmpty else {
            return Terminal.say("there are no keys in \(file.path): make one with roost key new <principal>")
        }
        for record in records {
            let end =
                record.expires.map {
                    record.isExpired(at: now)
                        ? Terminal.bad("expired \(Timestamp(seconds: $0))")
                        : "until \(Timestamp(seconds: $0))"
                } ?? "until revoked"
            Terminal.say(
                "\(Terminal.bold(record.id))  \(record.principal)  \(record.scopes.joined(separator: " "))  \(end)"
            )
        }
    }
}
