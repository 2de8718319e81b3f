/// An answer that may be used again, and for how long.
struct StoredResponse: Sendable {
    var response: OutboundResponse
    /// The request's fields that Vary names, in lower case, with what was sent; nil: the field was not.
    let variants: [String: String?]
    /// Seconds since 1970.
    var receivedAt: Int64

    /// Nil when it may not be kept, or keeping it would be of no use.
    init?(_ response: OutboundResponse, to request: HeaderFields, at now: Int64) {
        let control = CacheControl(response.headers)
        let vary = (response.headers.joined("Vary") ?? "").split(separator: ",")
            .map { $0.filter { $0 != " " }.lowercased() }
        guard response.status == 200, !control.noStore, !vary.contains("*") else { return nil }
        self.response = response
        variants = Dictionary(vary.map { ($0, request.joined($0)) }) { $1 }
        receivedAt = now
        guard lifetime > 0 || !validators.isEmpty else { return nil }
    }

    /// Seconds that it is good for without being asked about: section 4.2.1.
    var lifetime: Int64 {
        let control = CacheControl(response.headers)
        if control.noCache { return 0 }
        if let maxAge = control.maxAge { return maxAge }
        guard let expires = response["Expires"].flatMap(CivilDate.init(http:)) else { return 0 }
        let date = response["Date"].flatMap(CivilDate.init(http:))?.secondsSince1970 ?? receivedAt
        return max(0, expires.secondsSince1970 - date)
    }

    func isFresh(at now: Int64) -> Bool { age(at: now) < lifetime }

    /// Seconds since its origin made it, as far as is known.
    func age(at now: Int64) -> Int64 {
        max(0, now - receivedAt) + max(0, response["Age"].flatMap { Int64($0) } ?? 0)
    }

    func fits(_ request: HeaderFields) -> Bool { variants.allSatisfy { request.joined($0.key) == $0.value } }

    /// Fields that ask whether it is still good: section 4.3.1.
    var validators: HeaderFields {
        var fields: HeaderFields = []
        if let tag = response["ETag"] { fields.append(("If-None-Match", tag)) }
        if let date = response["Last-Modified"] { fields.append(("If-Modified-Since", date)) }
        return fields
    }

    /// Takes over what a 304 says: section 4.3.4.
    mutating func refresh(_ headers: HeaderFields, at now: Int64) {
        let changing = headers.filter { !$0.name.lowercased().hasPrefix("content-") }
        response.headers.removeAll { field in
            field.name.isSameField(as: "Age") || changing.contains { $0.name.isSameField(as: field.name) }
        }
        response.headers += changing
        receivedAt = now
    }

    /// Bytes it takes, about.
    var size: Int {
        response.body.count + response.headers.reduce(200) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    }
}
