import ArgumentParser
import Policies

/// Takes a key back, or all of a principal.
struct KeyRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Take keys back; a running host refuses them from then on."
    )

    @OptionGroup var options: KeyFileOptions

    @Argument(help: "The ids of the keys, as roost key list tells them.")
    var ids: [String] = []

    @Option(help: "Take back every key of this principal.")
    var principal: String?

    func validate() throws {
        guard !ids.isEmpty || principal != nil else {
            throw ValidationError("expected the id of a key, or --principal")
        }
    }

    func run() async throws {
        let file = try options.file()
        var gone: [APIKeyRecord] = []
        try options.change(file) { records in
            let isMeant: (APIKeyRecord) -> Bool = { ids.contains($0.id) || $0.principal == principal }
            gone = records.filter(isMeant)
            records.removeAll(where: isMeant)
        }
        for record in gone { Terminal.say("revoked \(record.id) of \(record.principal)") }
        let missing = ids.filter { id in !gone.contains { $0.id == id } }
        for id in missing {
            Terminal.complain(
                "there is no key \(id) in \(file.path): those of host.yaml and ROOST_API_KEYS are taken back there"
            )
        }
        if gone.isEmpty || !missing.isEmpty { throw ExitCode.failure }
    }
}
