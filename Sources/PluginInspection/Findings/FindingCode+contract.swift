/// What the library says of itself when it is loaded in a cell.
extension FindingCode {
    static let contract = [
        notLoaded, faultInEntry, otherABI, newerABI, structSize, structLonger, emptyName, otherToolchain,
        unstamped,
        notCreated, differentIdentity, identifier, versionForm,
    ]

    static let notLoaded = FindingCode(
        "RC201",
        .error,
        "the library could not be loaded",
        fix: "the loader's own words say what it lacks"
    )
    static let faultInEntry = FindingCode(
        "RC202",
        .error,
        "the process ended while the library was loaded and its entry was read",
        fix: "let the entry return the address of a constant, and run no code when the library is loaded"
    )
    static let otherABI = FindingCode(
        "RC203",
        .error,
        "the library was built for another major version of the plugin contract",
        fix: "rebuild it with the roost/roost.h of this host"
    )
    static let newerABI = FindingCode(
        "RC204",
        .info,
        "the library was built with a newer minor version of the plugin contract than this host has",
        fix: "ask for what is new with ROOST_HAS and get_extension, or update the host"
    )
    static let structSize = FindingCode(
        "RC205",
        .error,
        "a struct of the library is shorter than its ABI needs, or a pointer in it is NULL",
        fix: "set size to the sizeof of each struct, set every pointer, and rebuild"
    )
    static let structLonger = FindingCode(
        "RC206",
        .warning,
        "a struct of the library is longer than its ABI version has it",
        fix: "set size to the sizeof of each struct of the contract itself"
    )
    static let emptyName = FindingCode(
        "RC207",
        .error,
        "the descriptor lacks an id, a name or a version",
        fix: "fill in id, name and version of roost_plugin_descriptor"
    )
    static let otherToolchain = FindingCode(
        "RC208",
        .warning,
        "the library was built by another compiler than this host, so it cannot run in the host's process",
        fix: "rebuild it with the host's compiler, or leave it in a cell of its own"
    )
    static let unstamped = FindingCode(
        "RC209",
        .warning,
        "the library holds Swift code and does not say which compiler built it",
        fix: "export the plugin with RoostKit, or set toolchain of roost_plugin_descriptor"
    )
    static let notCreated = FindingCode(
        "RC210",
        .error,
        "no instance of the plugin could be made",
        fix: "give the settings it needs with --config, and let create log why it refuses"
    )
    static let differentIdentity = FindingCode(
        "RC211",
        .error,
        "the manifest and the descriptor call the plugin by different names",
        fix: "write the same id, name and version in both"
    )
    static let identifier = FindingCode(
        "RC212",
        .warning,
        "the id is not in reverse DNS form",
        fix: "use a name below a domain of yours, such as dev.example.weather"
    )
    static let versionForm = FindingCode(
        "RC213",
        .warning,
        "the version is no semantic version",
        fix: "write it as 1.2.3, or 1.2.3-beta.1 (semver.org)"
    )
}
