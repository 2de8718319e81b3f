/// Walking without decoding, and places: what a validator needs on the hot path.
extension JSONView {
    /// The members of an object in order, keys undecoded; empty for anything else.
    ///
    /// Allocates nothing.
    public var memberViews: JSONMemberViews { JSONMemberViews(self) }

    /// The elements of an array in order; empty for anything else.
    ///
    /// Allocates nothing.
    public var elementViews: JSONElementViews { JSONElementViews(self) }

    /// The value's place in its document: unique, ascending in document order, 0 for the root.
    ///
    /// The key of a member stands directly before the member's value.
    package var position: Int { index }

    /// The number of Unicode scalars in a string, or nil when this is not a string.
    public var scalarCount: Int? {
        guard kind == .string else { return nil }
        if storage.nodes[index].isEscaped { return string?.unicodeScalars.count }
        return bytes.reduce(-2) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }

    /// The JSON pointer from this value to a value below it; the empty string for the value itself.
    ///
    /// For the key of a member the answer is the pointer of its object. Nil when `place` is not a place below this value.
    package func pointer(to place: Int) -> String? {
        var view = self
        var pointer = ""
        walk: while view.index != place {
            guard view.index < place, place < Int(storage.nodes[view.index].next) else { return nil }
            if view.kind == .array {
                for (offset, element) in view.elementViews.enumerated()
                where place < Int(storage.nodes[element.index].next) {
                    pointer += "/\(offset)"
                    view = element
                    continue walk
                }
                return nil
            }
            for member in view.memberViews where place < Int(storage.nodes[member.value.index].next) {
                if place == member.key.index { return pointer }
                pointer += "/" + JSONPointer.escape(member.key.string ?? "")
                view = member.value
                continue walk
            }
            return nil
        }
        return pointer
    }

    /// The value a JSON pointer (RFC 6901) leads to, or nil when there is none.
    public func value(at pointer: String) -> JSONView? {
        guard let tokens = JSONPointer.tokens(of: pointer) else { return nil }
        var view = self
        for token in tokens {
            guard let next = view.child(token) else { return nil }
            view = next
        }
        return view
    }

    /// The member or element one token of a JSON pointer names, or nil when there is none.
    package func child(_ token: String) -> JSONView? {
        switch kind {
        case .object: self[token]
        case .array: JSONPointer.index(token).flatMap { $0 < count ? elements[$0] : nil }
        default: nil
        }
    }
}
