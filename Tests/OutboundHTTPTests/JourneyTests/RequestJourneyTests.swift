import Testing

@testable import OutboundHTTP

/// Times are seconds after the beginning of the test.
@Suite("The way of a request, by a hand-moved clock")
struct RequestJourneyTests {
    static let zero = ContinuousClock.now

    static func at(_ seconds: Double) -> ContinuousClock.Instant { zero.advanced(by: .seconds(seconds)) }

    static func journey(_ change: (inout OutboundRequest) -> Void = { _ in }) -> RequestJourney {
        var request = OutboundRequest("https://a.example/x?key=secret")
        request.timeout = .seconds(10)
        request.retries = 2
        change(&request)
        return RequestJourney(request, isStreamingUp: false, at: zero)
    }

    static func hop(_ step: RequestJourney.Step) -> Hop? {
        if case .send(let hop) = step { hop } else { nil }
    }
    static func wait(_ step: RequestJourney.Step) -> Duration? {
        if case .wait(let wait) = step { wait } else { nil }
    }
    static func failure(_ step: RequestJourney.Step) -> OutboundFailure? {
        if case .fail(let failure) = step { failure } else { nil }
    }

    static let broken = OutboundFailure(.broken, "broken")

    @Test("each attempt has what is left of the time")
    func time() {
        var journey = Self.journey()
        #expect(Self.hop(journey.begin(at: Self.at(1), wall: 0))?.timeout == .seconds(9))
        #expect(Self.wait(journey.failed(Self.broken, at: Self.at(2), random: 0.5)) == .milliseconds(50))
        #expect(Self.hop(journey.waited(at: Self.at(3), wall: 0))?.timeout == .seconds(7))
    }

    @Test("waits grow, and stay below their ceiling")
    func backOff() {
        var journey = Self.journey { $0.retries = 3 }
        _ = journey.begin(at: Self.at(0), wall: 0)
        #expect(Self.wait(journey.failed(Self.broken, at: Self.at(0), random: 1)) == .milliseconds(100))
        #expect(Self.wait(journey.failed(Self.broken, at: Self.at(0), random: 1)) == .milliseconds(200))
        #expect(Self.wait(journey.failed(Self.broken, at: Self.at(0), random: 1)) == .milliseconds(400))
        #expect(Self.failure(journey.failed(Self.broken, at: Self.at(0), random: 1))?.cause == .broken)
    }

    @Test(
        "only what may be sent twice is",
        arguments: [
            ("GET", nil, true), ("PUT", nil, true), ("DELETE", nil, true), ("POST", nil, false),
            ("PATCH", nil, false),
            ("POST", true, true), ("GET", false, false),
        ] as [(String, Bool?, Bool)]
    )
    func methods(_ method: String, _ isIdempotent: Bool?, _ repeats: Bool) {
        var journey = Self.journey {
            $0.method = method
            $0.isIdempotent = isIdempotent
        }
        _ = journey.begin(at: Self.at(0), wall: 0)
        #expect((Self.wait(journey.failed(Self.broken, at: Self.at(0), random: 0)) != nil) == repeats)
    }

    @Test(
        "what will not pass is not tried again",
        arguments: [
            OutboundFailure.Cause.refused, .tls, .timeout, .cancelled, .tooLarge,
        ]
    )
    func lasting(_ cause: OutboundFailure.Cause) {
        var journey = Self.journey()
        _ = journey.begin(at: Self.at(0), wall: 0)
        #expect(
            Self.failure(journey.failed(OutboundFailure(cause, ""), at: Self.at(0), random: 0))?.cause
                == cause
        )
    }

    @Test(
        "Retry-After is kept to while there is time, in seconds and as a date",
        arguments: [
            ("3", 3), ("0", 0), ("Thu, 01 Jan 1970 00:00:05 GMT", 4), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ]
    )
    func retryAfter(_ value: String, _ seconds: Int) {
        var journey = Self.journey()
        _ = journey.begin(at: Self.at(0), wall: 1)
        let verdict = journey.head(429, [("retry-after", value)], at: Self.at(0), wall: 1, random: 0)
        #expect(verdict == .discard)
        #expect(Self.wait(journey.discarded(at: Self.at(0), wall: 1)) == .seconds(seconds))
    }

    @Test("a wait that would outlast the request is not begun: the answer is the answer")
    func tooLong() {
        var journey = Self.journey()
        _ = journey.begin(at: Self.at(0), wall: 0)
        #expect(journey.head(503, [("Retry-After", "10")], at: Self.at(1), wall: 0, random: 0) == .deliver)
        #expect(journey.head(503, [("Retry-After", "8")], at: Self.at(1), wall: 0, random: 0) == .discard)
    }

    @Test("other statuses are answers", arguments: [200, 204, 304, 400, 401, 404, 500, 501])
    func answers(_ status: Int) {
        var journey = Self.journey()
        _ = journey.begin(at: Self.at(0), wall: 0)
        #expect(journey.head(status, [], at: Self.at(0), wall: 0, random: 0) == .deliver)
    }

    @Test("encrypted stays encrypted")
    func downgrade() {
        var journey = Self.journey()
        _ = journey.begin(at: Self.at(0), wall: 0)
        _ = journey.head(302, [("Location", "http://a.example/")], at: Self.at(0), wall: 0, random: 0)
        let failure = Self.failure(journey.discarded(at: Self.at(0), wall: 0))
        #expect(failure?.cause == .refused)
        #expect(failure?.message.contains("not encrypted") == true)
    }

    @Test("no message names a query, which may hold a key")
    func discretion() {
        var journey = Self.journey { $0.egress = EgressRules([], holder: "plugin docs") }
        let refused = Self.failure(journey.begin(at: Self.at(0), wall: 0))
        #expect(refused?.message.contains("secret") == false)
        journey = Self.journey()
        _ = journey.begin(at: Self.at(0), wall: 0)
        _ = journey.head(302, [("Location", "/x?key=secret")], at: Self.at(0), wall: 0, random: 0)
        let circle = Self.failure(journey.discarded(at: Self.at(0), wall: 0))
        #expect(circle?.message.contains("circle") == true)
        #expect(circle?.message.contains("secret") == false)
    }

    @Test(
        "fields that could end a line early, and the client's own, are refused",
        arguments: [
            ("X-A", "a\r\nX-B: b"), ("X A", "a"), ("", "a"), ("X-A", "a\u{0}"), ("Host", "b"),
            ("Connection", "close"),
            ("Transfer-Encoding", "chunked"), ("Content-Length", "5"), ("Proxy-Authorization", "x"),
        ]
    )
    func fields(_ name: String, _ value: String) {
        var journey = Self.journey { $0.headers = [(name, value)] }
        #expect(Self.failure(journey.begin(at: Self.at(0), wall: 0))?.cause == .refused)
    }

    @Test(
        "addresses that are none are refused",
        arguments: [
            "", "example.com", "/path", "ftp://example.com/", "http://", "https://user:password@example.com/",
            "https://exa mple.com/", "https://example.com:99999/", "file:///etc/passwd",
            "https://bücher.example/",
        ]
    )
    func addresses(_ url: String) {
        var journey = Self.journey { $0.url = url }
        #expect(Self.failure(journey.begin(at: Self.at(0), wall: 0))?.cause == .refused)
    }
}
