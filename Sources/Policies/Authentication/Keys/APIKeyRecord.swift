package import Gateway
package import RoostJSON

/// What a host knows of one key: whose it is, what it allows, until when; never the key itself.
package struct APIKeyRecord: Sendable, Hashable {
    package var id: String
    /// Who uses it; several keys may be one principal's.
    package var principal: String
    package var hash: APIKeyHash
    package var scopes: [String]
    /// Seconds of the Unix epoch; nil: not known.
    package var created: Int64?
    /// Seconds of the Unix epoch from which on the key is refused; nil: never.
    package var expires: Int64?

    package init(
        id: String,
        principal: String,
        hash: APIKeyHash,
        scopes: [String],
        created: Int64? = nil,
        expires: Int64? = nil
    ) {
        self.id = id
        self.principal = principal
        self.hash = hash
        self.scopes = scopes
        self.created = created
        self.expires = expires
    }

    package var grants: Grants { Grants(reading: scopes) }

    package func isExpired(at now: Int64) -> Bool { expires.map { $0 <= now } ?? false }
}

extension APIKeyRecord {
    /// What a record in a file must be, as a sentence.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        package var description: String
    }

    package var json: JSONValue {
        var object: JSONObject = [
            "id": .string(id), "principal": .string(principal), "hash": .string("\(hash)"),
            "scopes": .array(scopes.map { .string($0) }),
        ]
        object["created"] = created.map { .integer($0) }
        object["expires"] = expires.map { .integer($0) }
        return .object(object)
    }

    package init(_ json: JSONValue) throws(Fault) {
        guard let id = json["id"]?.string, !id.isEmpty, let principal = json["principal"]?.string,
            !principal.isEmpty
        else { throw Fault(description: "a key needs the texts id and principal") }
        guard let hash = json["hash"]?.string.flatMap({ APIKeyHash($0) }) else {
            throw Fault(description: "the key \(id) needs a hash, as roost key new writes it")
        }
        guard let scopes = json["scopes"]?.array?.map(\.string), scopes.allSatisfy({ $0 != nil }) else {
            throw Fault(description: "the key \(id) needs scopes, a list of texts")
        }
        for member in ["created", "expires"] {
            guard let value = json[member], value.kind != .null else { continue }
            guard value.integer != nil else {
                throw Fault(description: "\(member) of the key \(id) must be seconds of the Unix epoch")
            }
        }
        self.init(
            id: id,
            principal: principal,
            hash: hash,
            scopes: scopes.compactMap { $0 },
            created: json["created"]?.integer,
            expires: json["expires"]?.integer
        )
    }
}
