import Testing

/// One check of a scenario that has several, named as the official suite names it.
struct Check<Client: Sendable>: Sendable, CustomTestStringConvertible {
    let id: String
    let run: @Sendable (Client) async throws -> Void

    init(_ id: String, _ run: @escaping @Sendable (Client) async throws -> Void) {
        self.id = id
        self.run = run
    }

    var testDescription: String { id }
}
