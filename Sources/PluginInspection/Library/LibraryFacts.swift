package import RoostJSON

/// What the file of a library shows without being loaded.
package struct LibraryFacts: Sendable, Hashable {
    /// Bytes of the file.
    package var size: Int
    /// Names of the libraries it needs, in the loader's order.
    package var needed: [String]
    /// Folders its libraries are looked for in, as they are written.
    package var runPath: [String]
    /// The symbols it shows to others, without those that linkers make.
    package var exported: [String]
    /// The symbols it cannot be loaded without.
    package var undefined: [String]
    /// True when Swift code is in it.
    package var holdsSwift: Bool

    /// For programs.
    package var json: JSONValue {
        [
            "size": .integer(Int64(size)), "needed": .array(needed.map { .string($0) }),
            "exported": .array(exported.map { .string($0) }), "undefined": .integer(Int64(undefined.count)),
            "holdsSwift": .bool(holdsSwift),
        ]
    }
}

extension LibraryFacts {
    init(_ image: ELFImage, size: Int) throws(ByteTable.Fault) {
        let symbols = try image.symbols.all()
        self.init(
            size: size,
            needed: image.needed,
            runPath: image.runPath,
            exported: symbols.filter { $0.isDefined && $0.isVisible && !Self.isLinkers($0.name) }.map(\.name),
            undefined: symbols.filter { !$0.isDefined && !$0.isWeak }.map(\.name),
            holdsSwift: image.hasSwiftMetadata
        )
    }

    /// Linkers make these, and no two plugins are bound together by them.
    private static func isLinkers(_ name: String) -> Bool {
        ["_init", "_fini", "__bss_start", "_edata", "_end"].contains(name) || name.hasPrefix("__start_")
            || name.hasPrefix("__stop_")
    }
}
