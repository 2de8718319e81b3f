/// What an address is for, as far as it matters to who may be reached.
package enum AddressKind: String, Sendable, CaseIterable {
    case global, loopback, linkLocal = "link-local", `private`, shared, multicast, unspecified, metadata,
        reserved

    package init(_ address: IPAddress) {
        if let known = Self.ranges.first(where: { $0.range.contains(address) })?.kind {
            self = known
        } else if let embedded = address.embedded {
            self = AddressKind(embedded)
        } else {
            self = .global
        }
    }

    /// The first that contains an address counts.
    private static let ranges: [(range: AddressRange, kind: AddressKind)] = [
        // Where clouds answer with credentials; the usual one is link-local, these are not.
        (.metadata, ["168.63.129.16", "100.100.100.200", "169.254.169.254", "fd00:ec2::254"]),
        (.unspecified, ["0.0.0.0/8", "::/128"]),
        (.loopback, ["127.0.0.0/8", "::1/128"]),
        (.linkLocal, ["169.254.0.0/16", "fe80::/10"]),
        (.private, ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"]),
        (.shared, ["100.64.0.0/10"]),
        (.multicast, ["224.0.0.0/4", "ff00::/8"]),
        (
            .reserved,
            [
                "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
                "203.0.113.0/24", "240.0.0.0/4", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
                "3fff::/20", "5f00::/16",
            ]
        ),
    ].flatMap { (kind: AddressKind, texts: [String]) in
        texts.compactMap(AddressRange.init).map { ($0, kind) }
    }
}
