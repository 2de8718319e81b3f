/// Names for integers.
package struct Enumeration: Sendable, Hashable {
    /// One name and what it stands for.
    package struct Case: Sendable, Hashable {
        package let name: String
        package let value: Int64
    }

    /// Its name in host.yaml.
    package let name: String
    /// How C holds it.
    package let scalar: Scalar
    /// The names in the order of the file.
    package let cases: [Case]

    /// What a name stands for.
    package func value(of name: String) -> Int64? { cases.first { $0.name == name }?.value }

    /// The first name of a value.
    package func name(of value: Int64) -> String? { cases.first { $0.value == value }?.name }
}
