import ArgumentParser
import PluginProjects
import PluginRuntime

/// Makes a plugin's project: a package of its own that builds, passes its tests and serves.
struct PluginNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a new plugin in a folder of its own.",
        discussion: """
            Nothing that is there already is written over. A plugin in Swift depends on Roost's package for RoostKit and \
            RoostTesting: on the checkout this host was built from, unless --roost or --roost-url say otherwise.
            """
    )

    @Argument(help: "The plugin's name, such as weather-report.")
    var name: String

    @Option(help: "\(ProjectLanguage.allCases.map(\.rawValue).joined(separator: ", ")).")
    var language = ProjectLanguage.swift

    @Option(help: "Where to make it. Default: a folder of the plugin's name, here.")
    var folder: String?

    @Option(help: "The plugin's id for ever, in reverse DNS. Default: dev.example.<name>.")
    var id: String?

    @Option(help: "Swift: a checkout of Roost to depend on.")
    var roost: String?

    @Option(help: "Swift: the address of Roost's repository to depend on.")
    var roostURL: String?

    @Option(help: "Swift: the least version of Roost at --roost-url.")
    var roostVersion: String?

    func run() throws {
        let template: ProjectTemplate
        do {
            let name = try ProjectName(name)
            let id = try PluginIdentifier(id ?? name.exampleID)
            template = ProjectTemplate(language: language, name: name, id: id, roost: try source())
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
        let place = folder ?? template.name.alias
        if let found = Folders.contents(of: place), !found.isEmpty {
            Terminal.complain(
                "expected an empty folder or none at \(place), found one with \(found.sorted().prefix(4).joined(separator: ", ")). Choose another place with --folder"
            )
            throw ExitCode.failure
        }
        let files = template.files
        try ProjectFiles.write(files, to: place)
        Terminal.say("\(Terminal.good("made")) \(place), a plugin in \(language.title):")
        for file in files where !file.path.hasPrefix("include/") {
            Terminal.say("  \(Terminal.dim(file.path))")
        }
        Terminal.say("Next:\n  cd \(place)\n  roost plugin test\n  roost plugin dev")
    }

    /// Where Swift finds RoostKit; nil for the languages that need nothing.
    private func source() throws(PluginProject.Fault) -> RoostSource? {
        guard language == .swift else {
            guard roost == nil, roostURL == nil, roostVersion == nil else {
                throw PluginProject.Fault(
                    description:
                        "--roost, --roost-url and --roost-version are for Swift; \(language.title) needs nothing of Roost's"
                )
            }
            return nil
        }
        switch (roost, roostURL, roostVersion) {
        case (let path?, nil, nil):
            guard RoostCheckout.isCheckout(path) else {
                throw PluginProject.Fault(
                    description:
                        "--roost: expected a checkout of Roost with Package.swift and Sources/RoostKit at \(path), found none"
                )
            }
            return .checkout(path: Files.resolved(path))
        case (nil, let url?, let version?): return .repository(url: url, version: version)
        case (nil, nil, nil):
            if let path = RoostCheckout.ofThisHost { return .checkout(path: path) }
            throw PluginProject.Fault(
                description:
                    "this host was not built from a checkout that is still there. Say where RoostKit comes from: --roost PATH, or --roost-url URL --roost-version VERSION"
            )
        default:
            throw PluginProject.Fault(
                description: "expected either --roost PATH, or --roost-url URL with --roost-version VERSION"
            )
        }
    }
}

extension ProjectLanguage: ExpressibleByArgument {}
