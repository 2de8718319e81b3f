import Crypto
package import MCP
package import RoostJSON

/// What a client carries between two rounds of one request, sealed (2026-07-28, "Multi round-trip requests").
///
/// It opens only for the request it was made for: the same caller, method, plugin, target and arguments, in time.
package struct RequestState: Sendable, Hashable {
    /// What the plugin wants back; empty when it wants nothing.
    package var payload: String
    /// Rounds so far; the first answer of the server is round 1.
    package var round: Int64
    /// Seconds of the Unix epoch.
    package var expiry: Int64
    /// Who and what the state belongs to.
    package var binding: String

    package init(payload: String, round: Int64, expiry: Int64, binding: String) {
        self.payload = payload
        self.round = round
        self.expiry = expiry
        self.binding = binding
    }

    /// The digest of everything that must be the same on the retry.
    ///
    /// Members of `arguments` may come in another order.
    package static func binding(
        principal: String?,
        method: String,
        plugin: String,
        target: String,
        arguments: JSONView?
    ) -> String {
        var hash = SHA256()
        for part in [principal ?? "", method, plugin, target] {
            hash.update(data: Array("\(part.utf8.count):\(part)".utf8))
        }
        if let arguments { hash.update(data: canonical(JSONValue(arguments)).bytes) }
        return Base64.encodeURLSafe(Array(hash.finalize()))
    }

    private static func canonical(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map(canonical))
        case .object(let object):
            .object(
                JSONObject(object.members.sorted { $0.key < $1.key }.map { ($0.key, canonical($0.value)) })
            )
        default: value
        }
    }

    /// Seals the state; nil only without a key.
    package func sealed(by sealer: Sealer) -> String? {
        let json: JSONValue = [
            "s": .string(payload), "r": .integer(round), "e": .integer(expiry), "b": .string(binding),
        ]
        return sealer.seal(json.bytes, for: .requestState)
    }

    /// Opens a state for a request.
    ///
    /// - Throws: -32602, with the same words whatever was wrong: an attacker learns nothing.
    package static func open(
        _ text: String,
        by sealer: Sealer,
        binding: String,
        now: Int64
    ) throws(RPCError) -> RequestState {
        guard let bytes = sealer.open(text, for: .requestState), let json = try? JSONValue(parsing: bytes),
            let payload = json["s"]?.string, let round = json["r"]?.integer, let expiry = json["e"]?.integer,
            json["b"]?.string == binding, expiry > now
        else {
            throw RPCError(
                .invalidParams,
                "requestState is not valid for this request: start again without it"
            )
        }
        return RequestState(payload: payload, round: round, expiry: expiry, binding: binding)
    }
}
