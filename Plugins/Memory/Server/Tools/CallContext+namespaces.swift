import RoostKit

/// Where a call looks and stores.
enum MemoryScope: String, CaseIterable, Sendable, ParamValue {
    /// The caller's own memories.
    case own
    /// The memories all callers share.
    case shared
}

extension CallContext {
    /// The caller's own namespace.
    var namespace: Namespace { Namespace(principal: principal) }

    /// The namespace of a scope.
    ///
    /// - Throws: A sentence when nothing is shared here.
    func namespace(_ scope: MemoryScope, _ settings: MemorySettings) throws -> Namespace {
        guard scope == .shared else { return namespace }
        guard let name = settings.sharedNamespace else {
            throw ToolError(
                "Nothing is shared here: leave scope out, or ask the operator to configure `shared` for this server."
            )
        }
        return Namespace(shared: name)
    }

    /// The namespaces a question covers: the named one, or all that the caller may see.
    func namespaces(_ scope: MemoryScope?, _ settings: MemorySettings) throws -> [Namespace] {
        if let scope { return [try namespace(scope, settings)] }
        return [namespace] + (settings.sharedNamespace.map { [Namespace(shared: $0)] } ?? [])
    }

    /// The client's name and version, as provenance.
    var provenance: String? {
        guard let clientInfo else { return nil }
        return String("\(clientInfo.name) \(clientInfo.version)".prefix(200))
    }
}
