/// The elements of an array, visited in order without allocating an array of them.
public struct JSONElementViews: Sequence, Sendable {
    private let array: JSONView

    init(_ array: JSONView) { self.array = array }

    /// Makes an iterator that starts at the first element.
    public func makeIterator() -> Iterator { Iterator(array) }

    /// One walk over the elements.
    public struct Iterator: IteratorProtocol, Sendable {
        private let storage: JSONStorage
        private var place: Int
        private let end: Int

        init(_ array: JSONView) {
            storage = array.storage
            place = array.index + 1
            end = array.kind == .array ? Int(storage.nodes[array.index].next) : place
        }

        /// The next element, or nil after the last one.
        public mutating func next() -> JSONView? {
            guard place < end else { return nil }
            defer { place = Int(storage.nodes[place].next) }
            return JSONView(storage: storage, index: place)
        }
    }
}
