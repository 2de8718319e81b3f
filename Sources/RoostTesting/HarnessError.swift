/// Why a test could not go on, or what a plugin did against the contract.
public struct HarnessError: Error, Sendable, CustomStringConvertible {
    /// What was expected, what was found.
    public let description: String

    init(_ description: String) { self.description = description }
}
