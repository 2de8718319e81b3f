/// Whom somebody may reach: the names and addresses of a list, and of addresses that are not public only those it names.
///
/// Asked twice for each request: when its address is read, and with the very address that is about to be connected to, so
/// that a name that leads to an inner address, or to another one the second time, leads nowhere.
package struct EgressRules: Sendable, Hashable {
    package let entries: [EgressEntry]
    /// Who is held to the list, for messages: "plugin docs".
    package let holder: String

    package init(_ entries: [EgressEntry], holder: String) {
        self.entries = entries
        self.holder = holder
    }

    /// The entry by which a place may be asked for at all.
    package func entry(for url: OutboundURL) throws(OutboundFailure) -> EgressEntry {
        let found = entries.first { entry in
            guard entry.matches(port: url.port) else { return false }
            guard let address = url.address else { return entry.matches(name: url.host) }
            return entry.matches(address) || address.embedded.map(entry.matches) == true
        }
        if let found { return found }
        let known = entries.isEmpty ? "empty" : entries.map(\.text).joined(separator: ", ")
        throw OutboundFailure(
            .refused,
            """
            \(holder) may not reach \(url.origin): its egress list is \(known). \
            Add \(url.host) to egress in host.yaml if it should.
            """
        )
    }

    /// Checks an address that a name led to, before anything is sent to it.
    package func check(_ address: IPAddress, of url: OutboundURL) throws(OutboundFailure) {
        let kind = AddressKind(address)
        if kind == .global { return }
        let inner = address.embedded
        let isListed = entries.contains { entry in
            guard entry.matches(port: url.port) else { return false }
            if entry.matches(address) || inner.map(entry.matches) == true { return true }
            // Who lists localhost means this machine.
            return entry.place == .name("localhost") && url.host == "localhost" && kind == .loopback
        }
        if isListed { return }
        throw OutboundFailure(
            .refused,
            """
            \(holder) may not reach \(url.host): it leads to \(address), a \(kind.rawValue) address, \
            and such addresses must stand in egress themselves. Add \(address) to egress in host.yaml if it should.
            """
        )
    }
}
