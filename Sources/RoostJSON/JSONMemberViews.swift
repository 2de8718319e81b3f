/// The members of an object, visited in order without decoding a key or allocating an array.
public struct JSONMemberViews: Sequence, Sendable {
    private let object: JSONView

    init(_ object: JSONView) { self.object = object }

    /// Makes an iterator that starts at the first member.
    public func makeIterator() -> Iterator { Iterator(object) }

    /// One walk over the members.
    public struct Iterator: IteratorProtocol, Sendable {
        private let storage: JSONStorage
        private var place: Int
        private let end: Int

        init(_ object: JSONView) {
            storage = object.storage
            place = object.index + 1
            end = object.kind == .object ? Int(storage.nodes[object.index].next) : place
        }

        /// The next member, or nil after the last one.
        ///
        /// The key is a string value.
        public mutating func next() -> (key: JSONView, value: JSONView)? {
            guard place < end else { return nil }
            defer { place = Int(storage.nodes[place + 1].next) }
            return (JSONView(storage: storage, index: place), JSONView(storage: storage, index: place + 1))
        }
    }
}
