/// The host.yaml of a test: which plugins, and what else it says.
struct HostFile: Sendable {
    /// Aliases and their libraries, in the order of the file.
    var plugins: [(alias: String, library: String)]
    /// Further top-level lines, as they stand in the file.
    var further: String = ""
    /// Further lines of every plugin by alias, each indented by four blanks.
    var settings: [String: String] = [:]

    /// The three shipped plugins.
    static let shipped = HostFile(plugins: [
        ("echo", "libEcho.so"), ("everything", "libEverything.so"), ("memory", "libMemory.so"),
    ])

    /// The plugins with vices, and two healthy ones that must not notice.
    static let vicious = HostFile(
        plugins: [
            ("echo", "libEcho.so"), ("everything", "libEverything.so"), ("vices", "libFixtureVices.so"),
        ],
        settings: [
            "vices": "    limits: { deadline: 2s }\n    restart: { max: 1000, backoff: 1ms..10ms }"
        ]
    )

    func text(data: String) -> String {
        var text = """
            listen: 127.0.0.1:0
            data: \(data)
            plugins_path: ["\(BuiltProducts.directory)"]
            plugins:

            """
        for (alias, library) in plugins {
            text += "  \(alias):\n    library: \(library)\n"
            if let settings = settings[alias] { text += settings + "\n" }
        }
        return text + further + "\n"
    }
}
