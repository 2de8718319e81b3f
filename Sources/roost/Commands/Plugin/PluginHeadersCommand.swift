import ArgumentParser
import PluginProjects

/// Writes the C headers of the contract, for authors in any language.
struct PluginHeadersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "headers",
        abstract: "Write the C headers of the contract to a folder, as roost/roost.h and those it includes.",
        discussion: "Headers of an earlier version in that folder are replaced; nothing else is."
    )

    @Argument(help: "The folder to write to.")
    var folder: String

    func run() throws {
        try ProjectFiles.write(ContractHeaders.files, to: folder)
        Terminal.say(
            "\(Terminal.good("wrote")) \(folder)/roost/roost.h and \(ContractHeaders.files.count - 1) more"
        )
    }
}
