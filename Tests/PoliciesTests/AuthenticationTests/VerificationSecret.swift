import Crypto

/// Signs whatever a test likes with a shared secret.
struct VerificationSecret {
    private let key: SymmetricKey

    init(_ bytes: [UInt8]) { key = SymmetricKey(data: bytes) }

    func code(of input: [UInt8]) -> [UInt8] { Array(HMAC<SHA256>.authenticationCode(for: input, using: key)) }
}
