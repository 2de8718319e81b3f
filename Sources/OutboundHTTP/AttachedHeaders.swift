/// Header fields that the host adds to requests to one origin: secrets that whoever asks need not know.
package struct AttachedHeaders: Sendable {
    /// Where they go: scheme, host and port must all fit.
    package let origin: OutboundURL.Origin
    package let headers: HeaderFields

    /// Reads `example.com` and `example.com:8443`, which mean https, or a whole origin such as `http://127.0.0.1:9000`.
    package init(_ place: String, _ headers: HeaderFields) throws(OutboundFailure) {
        let url = try OutboundURL(place.contains("://") ? place : "https://\(place)")
        guard url.path == "/", url.query == nil else {
            throw OutboundFailure(.refused, "Expected a host or an origin, found a path in \(url.place).")
        }
        origin = url.origin
        self.headers = headers
    }
}

extension AttachedHeaders: CustomStringConvertible, CustomDebugStringConvertible {
    /// Where they go and their names; never their values.
    package var description: String { "\(origin): \(headers.map(\.name).joined(separator: ", "))" }
    /// The same.
    package var debugDescription: String { description }
}

extension AttachedHeaders: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        left.origin == right.origin
            && left.headers.elementsEqual(right.headers) { $0.name == $1.name && $0.value == $1.value }
    }
}
