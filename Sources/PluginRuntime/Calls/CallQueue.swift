/// Tokens in the order they came.
struct CallQueue: Sendable {
    private var tokens: [CallToken] = []
    private var head = 0

    mutating func append(_ token: CallToken) { tokens.append(token) }

    mutating func removeFirst() -> CallToken? {
        guard head < tokens.count else { return nil }
        let token = tokens[head]
        head += 1
        if head == tokens.count {
            tokens.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 64, head * 2 >= tokens.count {
            tokens.removeFirst(head)
            head = 0
        }
        return token
    }
}
