/// The members and elements of one value that some subschema has looked at, by their places in the document.
struct EvaluatedParts {
    private(set) var places: Set<Int> = []

    mutating func insert(_ place: Int) { places.insert(place) }

    mutating func merge(_ other: EvaluatedParts) {
        if places.isEmpty { places = other.places } else { places.formUnion(other.places) }
    }

    func contains(_ place: Int) -> Bool { places.contains(place) }
}
