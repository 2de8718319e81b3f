/// Why a caller's handle is not taken.
enum HandleRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    case unknown(String)
    case otherKind(expected: String, found: String)
    case inUse(String)
    case full

    var description: String {
        switch self {
        case .unknown(let kind):
            "Expected an open handle of the kind \(kind), found none of that name. It may have been released, or the plugin was started anew; make one again."
        case .otherKind(let expected, let found):
            "Expected a handle of the kind \(expected), found one of the kind \(found)."
        case .inUse(let kind):
            "This handle of the kind \(kind) is in use by another call. Try again when that has ended."
        case .full:
            "\(HandleTable.limit) handles are open, which is the limit. Release some first."
        }
    }
}
