import Gateway
import PluginInspection
import PluginRuntime
import RoostJSON

/// One plugin as it would run.
struct PlannedPlugin {
    let alias: String
    let library: String
    let process: PluginSpecification.Process
    /// The C library that it opens by itself; nil when there is none.
    let opens: String?
    /// What `roost check` says of the library's file.
    let findings: [Finding]
    /// Nil when the library cannot be read.
    let evidence: LibraryEvidence?
    /// What a lock would say; nil when the plugin could not be asked.
    let pin: PluginPin?
    /// Why it would not start; nil when it would.
    let problem: String?
    let name: String
    let asked: PluginPermissions
    let granted: PluginPermissions
    /// The names its tools have at the shared address, with what each takes of a context.
    let tools: [(name: String, size: TokenEstimate)]

    init(
        _ specification: PluginSpecification,
        handle: PluginHandle?,
        failure: PluginFailure?,
        catalog: EndpointCatalog?
    ) {
        alias = specification.alias
        library = specification.library
        opens = specification.opens
        findings = LibraryInspection.findings(
            ofFile: specification.library,
            isRefused: handle == nil,
            executable: "/proc/self/exe"
        )
        process = specification.process
        evidence = try? LibraryEvidence(specification.library, keys: specification.trust.keys)
        granted = specification.permissions
        asked = handle?.manifest.permissions ?? PluginPermissions()
        name = handle.map { "\($0.manifest.id) \($0.manifest.version)" } ?? "unknown"
        tools = (catalog?.tools ?? []).compactMap { definition in
            guard let name = (try? JSONDocument(parsing: definition))?.root["name"]?.string,
                catalog?.tool(named: name)?.plugin.alias == specification.alias
            else { return nil }
            return (name, TokenEstimate(of: [definition]))
        }
        problem = Self.problem(specification, handle, failure)
        var pin = handle?.pin
        // Nobody looked for a signature while nothing asked for one; a lock says who signed all the same.
        pin?.library.signer = evidence?.standing.signature?.keyID
        self.pin = pin
    }

    private static func problem(
        _ specification: PluginSpecification,
        _ handle: PluginHandle?,
        _ failure: PluginFailure?
    ) -> String? {
        if let failure { return failure.message }
        guard let handle else { return "plugin \(specification.alias) could not be asked what it is" }
        guard specification.process != .host else {
            return specification.confinement == .require
                ? PluginFailure(unconfinable: specification.alias).message : nil
        }
        return PluginFailure(
            ungranted: handle.manifest.permissions,
            to: specification.alias,
            granted: specification.permissions
        )?.message
    }

    /// How the library differs from a lock's, for a plugin that could not be asked.
    func library(lockedAs pin: PluginPin) -> [LockDifference] {
        let found = evidence.map { "sha256:\($0.digest)" }
        return found == pin.library.digest
            ? [] : [LockDifference("digest", locked: pin.library.digest, found: found)]
    }

    // MARK: For people

    var lines: [String] {
        var lines = [
            "\(Terminal.bold(alias))  \(name)  \(problem == nil ? Terminal.good("would run") : Terminal.bad("would not run"))"
        ]
        lines.append("  library    \(library), \(evidence.map { "\($0.size) bytes" } ?? "cannot be read")")
        if let evidence {
            lines.append("  digest     sha256:\(evidence.digest)")
            lines.append("  signature  \(signature(evidence.standing))")
        }
        if let opens { lines.append("  opens      \(opens)\(pin?.opened.map { ", \($0.digest)" } ?? "")") }
        if let abi { lines.append("  ABI        \(abi)") }
        lines.append("  process    \(words(process))")
        lines.append("  asks for   \(words(asked)); is granted \(words(granted))")
        let size = tools.reduce(0) { $0 + $1.size.tokens }
        if pin != nil {
            lines.append(
                "  tools      \(tools.count), about \(size) tokens: \(tools.map(\.name).joined(separator: " "))"
            )
        }
        if let problem { lines += problem.split(separator: "\n").map { "  \(Terminal.bad("!")) \($0)" } }
        lines += findings.flatMap(FindingText.lines).map { "  \($0)" }
        return lines
    }

    /// Whether the library speaks the host's ABI; where that is not known, the code of the finding that says why.
    private var abi: String? {
        if let pin { return "\(pin.abi), as this host" }
        return findings.first { $0.code.severity == .error }.map { "unknown: \($0.code.code), below" }
    }

    private func signature(_ standing: SignatureStanding) -> String {
        switch standing {
        case .absent: "none"
        case .valid(let signature, let name?):
            "by \(name) (\(signature.keyID)) for \(signature.plugin) \(signature.version)"
        case .valid(let signature, nil):
            "by the key \(signature.keyID), which trust.keys does not know: proves nothing"
        case .refused(let reason): reason
        }
    }

    private func words(_ process: PluginSpecification.Process) -> String {
        switch process {
        case .own: "own"
        case .host: "host"
        case .group(let name): "group \(name)"
        }
    }

    private func words(_ permissions: PluginPermissions) -> String {
        permissions.isEmpty ? "nothing" : permissions.hostLines.joined(separator: ", ")
    }

    // MARK: For programs

    var json: JSONValue {
        var object: JSONObject = [
            "alias": .string(alias), "library": .string(library), "runs": .bool(problem == nil),
        ]
        object["problem"] = problem.map { .string($0) }
        object["process"] = .string(words(process))
        if let evidence {
            object["size"] = .integer(Int64(evidence.size))
            object["digest"] = .string("sha256:\(evidence.digest)")
            object["signature"] = json(evidence.standing)
        }
        object["opens"] = opens.map { .string($0) }
        object["findings"] = .array(findings.map(\.json))
        object["pin"] = pin?.json
        object["permissions"] = ["asked": asked.json, "granted": granted.json]
        object["tools"] = .array(
            tools.map { tool in
                var entry = tool.size.json.object ?? [:]
                entry["tools"] = JSONValue?.none
                entry["name"] = .string(tool.name)
                return .object(entry)
            }
        )
        return .object(object)
    }

    private func json(_ standing: SignatureStanding) -> JSONValue {
        switch standing {
        case .absent: ["state": "absent"]
        case .valid(let signature, let name):
            [
                "state": .string(name == nil ? "unknown key" : "valid"), "key": .string(signature.keyID),
                "name": name.map { .string($0) } ?? .null, "plugin": .string(signature.plugin),
                "version": .string(signature.version),
            ]
        case .refused(let reason): ["state": "refused", "reason": .string(reason)]
        }
    }
}
