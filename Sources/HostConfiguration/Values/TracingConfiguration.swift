/// Where spans are sent, and of which requests.
package struct TracingConfiguration: Sendable, Hashable {
    /// The collector's base address, such as http://127.0.0.1:4318.
    package var endpoint: String
    /// Headers for the collector, in the file's order: who sends, and a key.
    ///
    /// Default: none.
    package var headers: [Header] = []
    /// The share of traces that begin here and are kept, 0 to 1.
    ///
    /// Default 1. A caller that sends a trace along has decided for it.
    package var sample = 1.0
    /// What the host is called in traces: service.name.
    ///
    /// Default: roost.
    package var service = "roost"

    package struct Header: Sendable, Hashable {
        package var name: String
        package var value: String
    }
}
