import RoostJSON
import RoostKit

/// Why the service gave no answer, in its own words where it has some.
struct ServiceFailure: Error, Sendable, Equatable {
    /// The status; nil: there was no answer at all.
    var status: Int?
    /// The service's name of the error, for example rate_limit_exceeded; empty: it gave none.
    var code = ""
    /// What the model reads.
    var message: String
    /// When the service takes questions again, as it said.
    var retryAfter: Duration?
    /// Where the library went.
    var redirect: LibraryID?

    /// True when an older answer is better than none: the service is away, busy, or out of quota.
    var isPassing: Bool {
        guard let status else { return true }
        return status == 402 || status == 429 || status >= 500
    }

    /// Reads an answer that is no documentation.
    ///
    /// `now`: seconds since 1970, for limits that end at a moment.
    init(_ response: HTTPResponse, asked subject: String, now: Int64) {
        let body = (try? JSONValue(parsing: response.body))?.object
        let said = body?["message"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        status = response.status
        code = body?["error"]?.string ?? ""
        redirect = body?["redirectUrl"]?.string.flatMap { LibraryID($0) }
        retryAfter = Self.wait(response.headers, now: now)
        message = said ?? Self.words(for: response.status, subject)
    }

    /// Nobody answered.
    init(_ error: HTTPError, asked subject: String) {
        status = nil
        message = "Asking the Context7 service for \(subject) failed: \(error.message)"
    }

    /// The answer is not what the API promises.
    init(unreadable subject: String, status: Int) {
        self.status = status
        message =
            "The Context7 service answered the question for \(subject) with something that cannot be read."
    }

    /// The documentation is empty.
    init(emptyAnswerFor library: LibraryID) {
        status = 200
        message = """
            There is no documentation of \(library) to show: it is unknown, or not indexed yet. Look for the right id with \
            resolve-library-id.
            """
    }

    private static func wait(_ headers: HTTPHeaders, now: Int64) -> Duration? {
        if let text = headers["Retry-After"], let seconds = Int64(text.trimmed),
            (0...86_400).contains(seconds)
        {
            return .seconds(seconds)
        }
        guard let text = headers["RateLimit-Reset"], let moment = Int64(text.trimmed), moment > now,
            moment - now <= 31 * 86_400
        else { return nil }
        return .seconds(moment - now)
    }

    /// Where the service says nothing itself.
    private static func words(for status: Int, _ subject: String) -> String {
        switch status {
        case 202:
            "The documentation of \(subject) is still being made by the service; it can be asked for later."
        case 401:
            "The Context7 service did not take the API key. The operator sets CONTEXT7_API_KEY to a key that begins with ctx7sk, or none."
        case 404:
            "The Context7 service knows nothing of \(subject). Look for the right id with resolve-library-id."
        case 429:
            "The Context7 service takes no more questions for now: the limit is used up. A key (CONTEXT7_API_KEY) or a larger plan raises it."
        default: "The Context7 service answered the question for \(subject) with status \(status)."
        }
    }
}
