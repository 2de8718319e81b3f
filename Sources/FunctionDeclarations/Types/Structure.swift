/// A C struct, laid out as this machine's ABI does it.
package struct Structure: Sendable, Hashable {
    /// One field and where it stands.
    package struct Field: Sendable, Hashable {
        package let name: String
        package let type: ValueType
        /// Bytes from the beginning.
        package let offset: Int
    }

    /// Its name in host.yaml.
    package let name: String
    package let fields: [Field]
    /// Bytes, padding at the end included.
    package let size: Int
    package let alignment: Int

    /// Lays fields out in their order.
    package init(name: String, fields: [(name: String, type: ValueType)]) {
        func up(_ offset: Int, _ alignment: Int) -> Int { (offset + alignment - 1) / alignment * alignment }
        var end = 0
        var widest = 1
        var placed: [Field] = []
        for (name, type) in fields {
            let offset = up(end, type.alignment)
            placed.append(Field(name: name, type: type, offset: offset))
            end = offset + type.size
            widest = max(widest, type.alignment)
        }
        self.name = name
        self.fields = placed
        alignment = widest
        size = up(end, widest)
    }
}
