/// What the file itself shows.
extension FindingCode {
    static let file = [
        unreadable, notELF, wordSize, notShared, otherMachine, incomplete, noEntry, furtherSymbols,
        missingLibrary,
        missingSymbol, missingVersion, foundation, executableStack, relativePath, ownSwiftRuntime,
    ]

    static let unreadable = FindingCode(
        "RC101",
        .error,
        "the file cannot be read",
        fix: "name the library that the build made, and make it readable"
    )
    static let notELF = FindingCode(
        "RC102",
        .error,
        "the file is no ELF file",
        fix: "name the .so that the build made"
    )
    static let wordSize = FindingCode(
        "RC103",
        .error,
        "the file is no 64-bit little-endian library",
        fix: "build it for this machine"
    )
    static let notShared = FindingCode(
        "RC104",
        .error,
        "the file is an ELF file but no shared library",
        fix: "link it with -shared"
    )
    static let otherMachine = FindingCode(
        "RC105",
        .error,
        "the library was built for another architecture",
        fix: "build it on this machine, or for its architecture"
    )
    static let incomplete = FindingCode(
        "RC106",
        .error,
        "the file is not all of a library, or its tables contradict one another",
        fix: "wait until it is written, copy it again, or build it again"
    )
    static let noEntry = FindingCode(
        "RC107",
        .error,
        "the library does not export roost_plugin_entry_v1",
        fix: "define the function as roost/plugin.h declares it, and let the version script export it"
    )
    static let furtherSymbols = FindingCode(
        "RC108",
        .warning,
        "the library exports more than its entry",
        fix: "link it with a version script that says { global: roost_plugin_entry_v1; local: *; };"
    )
    static let missingLibrary = FindingCode(
        "RC109",
        .error,
        "the library needs another one that this machine does not have",
        fix: "install the package that has it, or link the plugin without it"
    )
    static let missingSymbol = FindingCode(
        "RC110",
        .error,
        "the library needs a symbol that none of its libraries has",
        fix: "link the library that defines it, or define it"
    )
    static let missingVersion = FindingCode(
        "RC111",
        .error,
        "the library needs a newer version of another one than this machine has",
        fix: "build the plugin on a system as old as this one, or update this one"
    )
    static let foundation = FindingCode(
        "RC112",
        .warning,
        "the library links all of Foundation, which costs a start 5 to 200 ms",
        fix: "import FoundationEssentials instead of Foundation, in dependencies too"
    )
    static let executableStack = FindingCode(
        "RC113",
        .warning,
        "the library asks for a stack whose contents can be run as code",
        fix: "build its assembler files with -Wa,--noexecstack, and link with -z noexecstack"
    )
    static let relativePath = FindingCode(
        "RC114",
        .warning,
        "the library looks for its libraries relative to the folder a host is started in",
        fix: "begin each entry of its run path with a slash"
    )
    static let ownSwiftRuntime = FindingCode(
        "RC115",
        .warning,
        "the library brings a Swift runtime of its own",
        fix: "link without -static-stdlib, or never set process: host for it"
    )
}
