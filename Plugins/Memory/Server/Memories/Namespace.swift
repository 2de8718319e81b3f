/// Whose memories and whose graph: what one namespace holds, no other sees.
package struct Namespace: Sendable, Hashable {
    /// Empty for callers without a name; the principal; or `shared:` and a name.
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// Of callers that nobody authenticated: a person at their own machine.
    package static let local = Namespace(rawValue: "")

    /// A principal's own.
    package init(principal: String?) { rawValue = principal.map { "principal:\($0)" } ?? "" }

    /// The one that all principals share.
    package init(shared name: String) { rawValue = "shared:\(name)" }

    /// How answers name it: own, or shared.
    var label: String { rawValue.hasPrefix("shared:") ? "shared" : "own" }
}
