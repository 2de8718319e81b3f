import Crypto

/// A Lua script that Redis runs as one step, known to it by its digest after the first run.
package struct RedisScript: Sendable, Hashable {
    package let source: String
    /// The name Redis gives it: SHA-1 in hexadecimal digits.
    package let digest: String

    package init(_ source: String) {
        self.source = source
        // Redis's own choice of a name; nothing here relies on its strength.
        digest = Insecure.SHA1.hash(data: Array(source.utf8)).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }
        .joined()
    }
}
