/// Where a request is on its way to an answer: which redirects it follows, when it is sent again, and when it is enough.
///
/// ```
///            begin                  head: deliver
///   ────────▶ hop ───────────────────────────────▶ the answer
///              │ ▲
///   head: discard│ discarded: hop, or wait first
///              ▼ │
///            redirect, 429, 502, 503, 504          failed: wait, then hop again, or the end
/// ```
///
/// Time is what the caller says it is. The random number of a wait comes with the question, between 0 and 1.
struct RequestJourney: Sendable {
    enum Step: Sendable {
        case send(Hop)
        /// Wait, then ask ``waited(at:)``.
        case wait(Duration)
        case fail(OutboundFailure)
    }

    /// What becomes of a response whose head has come.
    enum Verdict: Sendable, Equatable {
        case deliver
        /// Its body is of no interest: read it away or break off, then ask ``discarded(at:)``.
        case discard
    }

    private enum Plan {
        case none
        case redirect(to: String, status: Int)
        case again(after: Duration)
    }

    /// The longest wait between two attempts that nobody asked for.
    static let longestBackOff = Duration.seconds(5)

    private let request: OutboundRequest
    /// A body that is written while it is sent is gone afterwards.
    private let isStreamingUp: Bool
    private let deadline: ContinuousClock.Instant
    private var method: String
    private var headers: HeaderFields
    private var hasBody: Bool
    private(set) var url: OutboundURL?
    private var visited: [OutboundURL] = []
    private var attempts = 0
    private var plan = Plan.none

    /// Begins at a moment of both clocks; the second one, in seconds since 1970, is for signatures and dates.
    init(_ request: OutboundRequest, isStreamingUp: Bool, at now: ContinuousClock.Instant) {
        self.request = request
        self.isStreamingUp = isStreamingUp
        deadline = now.advanced(by: request.timeout)
        method = request.method
        headers = request.headers
        hasBody = isStreamingUp || !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
    }

    mutating func begin(at now: ContinuousClock.Instant, wall: Int64) -> Step {
        do throws(OutboundFailure) {
            try RequestRules.check(request)
            let url = try OutboundURL(request.url)
            self.url = url
            visited = [url]
            return try hop(to: url, at: now, wall: wall)
        } catch {
            return .fail(error)
        }
    }

    mutating func head(
        _ status: Int,
        _ fields: HeaderFields,
        at now: ContinuousClock.Instant,
        wall: Int64,
        random: Double
    ) -> Verdict {
        if [301, 302, 303, 307, 308].contains(status), request.maximumRedirects > 0,
            let place = fields.first("Location")
        {
            plan = .redirect(to: place, status: status)
            return .discard
        }
        if [429, 502, 503, 504].contains(status) {
            let asked = fields.first("Retry-After").flatMap { RetryAfter.seconds($0, wall: wall) }
            if let delay = delayForAnother(asked: asked, at: now, random: random) {
                plan = .again(after: delay)
                return .discard
            }
        }
        return .deliver
    }

    /// The body of a response that was not delivered is out of the way.
    mutating func discarded(at now: ContinuousClock.Instant, wall: Int64) -> Step {
        defer { plan = .none }
        switch plan {
        case .again(let delay): return .wait(delay)
        case .redirect(let place, let status):
            do throws(OutboundFailure) {
                return try follow(place, status, at: now, wall: wall)
            } catch {
                return .fail(error)
            }
        case .none: return .fail(OutboundFailure(.broken, "The answer was dropped."))
        }
    }

    /// An attempt failed before its answer was delivered.
    mutating func failed(_ failure: OutboundFailure, at now: ContinuousClock.Instant, random: Double) -> Step
    {
        let isPassing: Bool =
            switch failure.cause {
            case .resolve, .connect, .broken: true
            case .refused, .tls, .timeout, .cancelled, .tooLarge: false
            }
        guard isPassing, let delay = delayForAnother(asked: nil, at: now, random: random) else {
            return .fail(failure)
        }
        return .wait(delay)
    }

    mutating func waited(at now: ContinuousClock.Instant, wall: Int64) -> Step {
        guard let url else { return .fail(OutboundFailure(.broken, "There is nothing to send again.")) }
        do throws(OutboundFailure) {
            return try hop(to: url, at: now, wall: wall)
        } catch {
            return .fail(error)
        }
    }

    // MARK: Again

    /// How long to wait before another attempt; nil: there is none.
    private mutating func delayForAnother(
        asked: Int64?,
        at now: ContinuousClock.Instant,
        random: Double
    ) -> Duration? {
        guard attempts < request.retries, request.mayRepeat, !isStreamingUp else { return nil }
        let ceiling = min(Self.longestBackOff, .milliseconds(100) * (1 << min(attempts, 16)))
        // Anything up to the ceiling, so that those who failed together do not come back together.
        let delay = max(ceiling * random, asked.map { .seconds($0) } ?? .zero)
        guard now.advanced(by: delay) < deadline else { return nil }
        attempts += 1
        return delay
    }

    // MARK: Elsewhere

    private mutating func follow(
        _ place: String,
        _ status: Int,
        at now: ContinuousClock.Instant,
        wall: Int64
    ) throws(OutboundFailure) -> Step {
        guard let old = url else { throw OutboundFailure(.broken, "There is nothing to follow.") }
        let new: OutboundURL
        do throws(OutboundFailure) { new = try old.resolving(place) } catch {
            throw OutboundFailure(.broken, "\(old.origin) redirected to what is no address. \(error.message)")
        }
        guard new.isSecure || !old.isSecure else {
            throw OutboundFailure(
                .refused,
                "\(old.origin) redirected to \(new.origin), which is not encrypted. Ask for that address itself if it is meant."
            )
        }
        // Not the first address again with another method: a form that shows itself after a POST is no circle.
        let becomesGet =
            status == 303 ? method != "HEAD" && method != "GET" : method == "POST" && status < 303
        guard becomesGet || !visited.contains(new) else {
            let way = (visited + [new]).map(\.place).joined(separator: " → ")
            throw OutboundFailure(.broken, "The redirects go in a circle: \(way).")
        }
        guard visited.count <= request.maximumRedirects else {
            throw OutboundFailure(
                .broken,
                "Expected at most \(request.maximumRedirects) redirects, found more: the last one leads to \(new.place)."
            )
        }
        if becomesGet {
            method = "GET"
            hasBody = false
            headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
        }
        guard !hasBody || !isStreamingUp else {
            throw OutboundFailure(
                .broken,
                "\(old.origin) redirected to \(new.place) after a streamed body was sent, which cannot be sent twice. Ask for that address."
            )
        }
        // What the cache asked about was the first address.
        if request.cache != nil {
            headers.remove("If-None-Match")
            headers.remove("If-Modified-Since")
        }
        if new.origin != old.origin { headers = RequestRules.portable(headers) }
        visited.append(new)
        url = new
        do throws(OutboundFailure) { return try hop(to: new, at: now, wall: wall) } catch {
            throw OutboundFailure(error.cause, "\(old.origin) redirected to \(new.origin). \(error.message)")
        }
    }

    private func hop(
        to url: OutboundURL,
        at now: ContinuousClock.Instant,
        wall: Int64
    ) throws(OutboundFailure) -> Step {
        _ = try request.egress?.entry(for: url)
        let timeout = deadline - now
        guard timeout > .zero else {
            throw OutboundFailure(.timeout, "\(url.origin) did not answer within \(request.timeout).")
        }
        var headers = headers
        for attached in request.attached where attached.origin == url.origin {
            for (name, value) in attached.headers { headers.set(name, value) }
        }
        let isFirstOrigin = visited.first?.origin == url.origin
        if let signature = request.signature, isFirstOrigin {
            headers = signature.headers(
                method: method,
                url: url,
                headers: headers,
                body: hasBody ? request.body : [],
                at: wall
            )
        }
        return .send(
            Hop(
                method: method,
                url: url,
                headers: headers,
                hasBody: hasBody,
                timeout: timeout,
                egress: request.egress
            )
        )
    }
}
