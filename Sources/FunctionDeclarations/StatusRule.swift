/// How a function says that it failed.
package enum StatusRule: Sendable, Hashable {
    /// It does not say.
    case none
    /// It returns -1 or NULL and sets errno.
    case errno
    /// It sets errno, whatever it returns, as functions of math.h do.
    case errnoSet
    /// It returns something else than these.
    ///
    /// `text` is the symbol of a function that makes words of what it returned.
    case values([Int64], text: String?)

    /// True when the returned value says only that all went well.
    package var saysAll: Bool {
        if case .values(let good, _) = self { good.count == 1 } else { false }
    }
}
