package import Gateway

/// A request for an ``HTTPService``, whose caller is known.
package struct HTTPServiceRequest: Sendable {
    package var method: String
    /// Without the query.
    package var path: String
    /// What follows the first question mark; nil: there is none.
    package var query: String?
    package var body: [UInt8]
    package var caller: Caller

    package init(method: String, path: String, query: String? = nil, body: [UInt8] = [], caller: Caller) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.caller = caller
    }

    /// The value of a parameter of the query, which is a number; of several the first.
    ///
    /// Nil when it is missing or something else.
    package func number(_ name: String) -> Int64? {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0] == name { return Int64(parts[1]) }
        }
        return nil
    }
}
