/// What shows when the plugin is run in a throw-away cell.
extension FindingCode {
    static let trial = [
        notStarted, crashed, hung, unhealthy, leakedDescriptors, leakedThreads, misbehaved, logged,
        changedManifest,
        notTried,
    ]

    static let notStarted = FindingCode(
        "RC401",
        .error,
        "the plugin did not start",
        fix: "let start log why; give the settings it needs with --config"
    )
    static let crashed = FindingCode(
        "RC402",
        .error,
        "the plugin crashed in a function of its life",
        fix: "correct that function; debug it with the place that is named"
    )
    static let hung = FindingCode(
        "RC403",
        .error,
        "the plugin did not come back from a function of its life",
        fix: "return at once and do what takes long on a thread of your own"
    )
    static let unhealthy = FindingCode(
        "RC404",
        .error,
        "the plugin's process ended by itself while nobody asked anything of it",
        fix: "correct what the plugin's own threads do after start; never call exit"
    )
    static let leakedDescriptors = FindingCode(
        "RC405",
        .warning,
        "each start and stop leaves open descriptors behind",
        fix: "close in stop what start opened, and in destroy what create opened"
    )
    static let leakedThreads = FindingCode(
        "RC406",
        .warning,
        "each start and stop leaves threads behind",
        fix: "end and join in stop the threads that start made"
    )
    static let misbehaved = FindingCode(
        "RC407",
        .error,
        "the plugin broke the contract in a way that the host caught",
        fix: "roost/host.h says what a plugin may call, and when"
    )
    static let logged = FindingCode(
        "RC408",
        .info,
        "the plugin logged a warning or worse while it was tried",
        fix: "nothing, when it only says that it has no settings here; give them with --config"
    )
    static let changedManifest = FindingCode(
        "RC409",
        .warning,
        "the manifest is another one while the plugin runs, and listChanged does not say so",
        fix: "name the lists that may change in listChanged, or give the same manifest always"
    )
    static let notTried = FindingCode(
        "RC410",
        .info,
        "the plugin asks for permissions and was not started",
        fix: "run the check with --grant to try it with what it asks for"
    )
}
