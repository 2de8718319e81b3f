import ArgumentParser
import Gateway
import PluginRuntime
import Policies
import RoostJSON

/// Makes a key and shows it once.
struct KeyNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a key. It is shown once; the host keeps a hash."
    )

    @OptionGroup var options: KeyFileOptions

    @Argument(help: "Who will use it, such as ci. One principal may have several keys.")
    var principal: String

    @Option(
        help:
            "What it allows: memory, memory:read, memory.create_entities, * or admin. Repeat for more. Default *."
    )
    var scope: [String] = []

    @Option(help: "How long it is good, such as 12h or 90d. Default: until it is revoked.")
    var expires: String?

    @Flag(help: "Keep nothing; print the record for ROOST_API_KEYS or auth.keys, for hosts without a volume.")
    var print = false

    func validate() throws {
        let isName = principal.unicodeScalars.allSatisfy { (0x21...0x7E).contains($0.value) }
        guard !principal.isEmpty, isName, principal.utf8.count <= 128 else {
            throw ValidationError(
                "expected a principal of 1 to 128 printable ASCII characters without blanks, found '\(principal)'"
            )
        }
        for text in scope where Scope(text) == nil {
            throw ValidationError(
                "expected a scope such as memory, memory:read, memory.create_entities, * or admin, found '\(text)'"
            )
        }
        if let expires, Lifetime(expires) == nil {
            throw ValidationError("expected a time such as 30m, 12h or 90d, found '\(expires)'")
        }
    }

    func run() async throws {
        let key = APIKey.random()
        let now = Timestamp.now.seconds
        let record = APIKeyRecord(
            id: key.id,
            principal: principal,
            hash: APIKeyHash(of: key),
            scopes: scope.isEmpty ? ["*"] : scope,
            created: now,
            expires: expires.flatMap { Lifetime($0) }.map { now + $0.seconds }
        )
        if print {
            Terminal.complain("ROOST_API_KEYS takes a list of these, auth.keys the same in YAML:")
            Terminal.complain(JSONValue.array([record.json]).text)
        } else {
            let file = try options.file()
            try options.change(file) { $0.append(record) }
            let end = record.expires.map { "until \(Timestamp(seconds: $0))" } ?? "until it is revoked"
            Terminal.complain(
                "key \(key.id) of \(principal): \(record.scopes.joined(separator: " ")), \(end). It is shown this once:"
            )
        }
        Terminal.say(key.text)
    }
}
