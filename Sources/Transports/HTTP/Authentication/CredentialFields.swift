import Gateway
import MCP

/// Finds the one credential a request shows, in whichever of the three header fields it comes.
///
/// In this order: X-Roost-Authorization, X-API-Key, Authorization. The first two are for hosts behind a gateway that takes
/// Authorization for itself. Two fields may say the same; what differs is refused, because a gateway in front and this host
/// might each believe another one. Only an Authorization that this host could not check anyway is left to whoever it is for.
enum CredentialFields {
    /// Why the fields cannot be read as one credential: a sentence for the client, without any of their text.
    struct Fault: Error, Hashable {
        var sentence: String
    }

    /// Reads the credential; nil when the request shows none.
    static func read(_ request: HTTPRequest) throws(Fault) -> Credential? {
        let own = try single(.roostAuthorization, request).map { text throws(Fault) in
            try token(withoutScheme(text) ?? text[...], of: "X-Roost-Authorization")
        }
        let key = try single(.apiKey, request).map { text throws(Fault) in
            try token(text[...], of: "X-API-Key")
        }
        let authorization = try single(.authorization, request).map { text throws(Fault) in
            guard let bearer = withoutScheme(text) else { return Credential(foreign: text) }
            return try token(bearer, of: "Authorization")
        }
        let explicit = own ?? key
        if let own, let key, own != key {
            throw Fault(sentence: "X-Roost-Authorization and X-API-Key hold different credentials: send one")
        }
        guard let authorization else { return explicit }
        guard let explicit else { return authorization }
        guard authorization.kind == .foreign || authorization == explicit else {
            throw Fault(
                sentence:
                    "Authorization holds another credential than \(own == nil ? "X-API-Key" : "X-Roost-Authorization"): send one"
            )
        }
        return explicit
    }

    private static func single(_ field: HTTPFields.Known, _ request: HTTPRequest) throws(Fault) -> String? {
        guard !request.isRepeated(field) else {
            throw Fault(
                sentence: "the request has the header field \(name(of: field)) more than once: send it once"
            )
        }
        return request[field]
    }

    /// What follows the scheme Bearer (RFC 6750, section 2.1); nil when the text has another scheme or none.
    private static func withoutScheme(_ text: String) -> Substring? {
        let bytes = text.utf8
        let end = bytes.firstIndex(where: isBlank) ?? bytes.endIndex
        let scheme = bytes[..<end]
        guard scheme.count == 6, zip(scheme, "bearer".utf8).allSatisfy({ $0 | 0x20 == $1 }) else {
            return nil
        }
        return text[(bytes[end...].firstIndex { !isBlank($0) } ?? bytes.endIndex)...]
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// A text of the characters tokens have (token68), which are neither commas nor blanks: so two values that somebody
    /// joined into one field are not one credential.
    private static func token(_ text: Substring, of field: String) throws(Fault) -> Credential {
        guard !text.isEmpty, text.utf8.allSatisfy(isTokenCharacter) else {
            throw Fault(
                sentence: text.isEmpty
                    ? "\(field) is empty: send a key or a token, or leave it out"
                    : "\(field) must hold one key or token, of letters, digits and - . _ ~ + / ="
            )
        }
        return Credential(String(text))
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"),
            UInt8(ascii: "/"), UInt8(ascii: "="):
            true
        default: false
        }
    }

    private static func name(of field: HTTPFields.Known) -> String {
        switch field {
        case .roostAuthorization: "X-Roost-Authorization"
        case .apiKey: "X-API-Key"
        default: "Authorization"
        }
    }
}
