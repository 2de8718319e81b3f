/// What the manifest shows.
extension FindingCode {
    static let manifest = [
        notJSON, manifestShape, unknownKey, toolName, sameName, noDescription, inputShape, inputSchema,
        outputSchema,
        headers, bareProperty, injection, invisible, reservedMeta, hintForNothing, iconSource, servesNothing,
        contradiction, defaultValue, oldDialect,
    ]

    static let notJSON = FindingCode(
        "RC301",
        .error,
        "the manifest is no JSON text",
        fix: "give one JSON object in UTF-8, as Documentation/Manifest.md describes it"
    )
    static let manifestShape = FindingCode(
        "RC302",
        .error,
        "the manifest is not as its schema wants it",
        fix: "correct the value; Documentation/Manifest.md says what stands where"
    )
    static let unknownKey = FindingCode(
        "RC303",
        .warning,
        "the manifest has a key that nobody reads",
        fix: "correct its spelling, or remove it"
    )
    static let toolName = FindingCode(
        "RC304",
        .error,
        "the name of a tool is none that every client takes, so the tool is left out",
        fix: "use 1 to 64 of A-Z a-z 0-9 _ - . /"
    )
    static let sameName = FindingCode(
        "RC305",
        .error,
        "two entries of a list have one name, so the second is left out",
        fix: "give each a name of its own"
    )
    static let noDescription = FindingCode(
        "RC306",
        .error,
        "a tool has no description, so it is left out",
        fix: "say in a sentence what the tool does and when to use it"
    )
    static let inputShape = FindingCode(
        "RC307",
        .error,
        "the inputSchema of a tool is missing or not of type object, so the tool is left out",
        fix:
            "write {\"type\":\"object\",\"properties\":{…}}; without arguments {\"type\":\"object\",\"additionalProperties\":false}"
    )
    static let inputSchema = FindingCode(
        "RC308",
        .error,
        "the inputSchema of a tool is no valid JSON Schema 2020-12",
        fix: "correct the keyword at the place that is named"
    )
    static let outputSchema = FindingCode(
        "RC309",
        .error,
        "the outputSchema of a tool is no valid JSON Schema 2020-12",
        fix: "correct the keyword at the place that is named"
    )
    static let headers = FindingCode(
        "RC310",
        .error,
        "an x-mcp-header breaks its rules, and HTTP clients leave out the whole tool",
        fix:
            "put it on a property of type string, integer or boolean that is reached through properties alone, each name once"
    )
    static let bareProperty = FindingCode(
        "RC311",
        .info,
        "an argument of a tool has no description",
        fix: "say what it is, in which unit, with an example"
    )
    static let injection = FindingCode(
        "RC312",
        .warning,
        "a text of the plugin speaks to the model as an attacker would",
        fix:
            "describe what the plugin does, and give the model no orders about other tools, its rules or its user"
    )
    static let invisible = FindingCode(
        "RC313",
        .warning,
        "a text of the plugin has characters that a reader does not see and a model does",
        fix: "remove them"
    )
    static let reservedMeta = FindingCode(
        "RC314",
        .error,
        "a key of _meta has a prefix that is MCP's own, so the entry is left out",
        fix: "use a prefix of your own domain, such as dev.example/"
    )
    static let hintForNothing = FindingCode(
        "RC315",
        .warning,
        "hints name a tool that the plugin does not have",
        fix: "correct the tool's name in hints"
    )
    static let iconSource = FindingCode(
        "RC316",
        .warning,
        "an icon is neither an https: nor a data: URI, so clients do not show it",
        fix: "serve it by https:, or write it as a data: URI"
    )
    static let servesNothing = FindingCode(
        "RC317",
        .warning,
        "the plugin serves no tool, no prompt and no resource",
        fix: "list what it serves; a list that fills while it runs needs listChanged"
    )
    static let contradiction = FindingCode(
        "RC318",
        .warning,
        "annotations of a tool contradict one another",
        fix: "leave destructiveHint away from a tool that only reads"
    )
    static let defaultValue = FindingCode(
        "RC319",
        .warning,
        "a default of an argument is not valid by the argument's own schema",
        fix: "correct the default or the schema"
    )
    static let oldDialect = FindingCode(
        "RC320",
        .warning,
        "a schema names a dialect older than 2020-12, which not every client knows",
        fix: "write it in 2020-12 and leave $schema away"
    )
}
