/// The tables of a shared library that the loader reads (System V ABI, gABI chapter 5; 64 bits, little endian).
///
/// Works on bytes alone and trusts none of them: whatever the file holds, reading it ends with a value or a fault, and in a time
/// that its size bounds.
struct ELFImage: Sendable {
    /// A symbol of the dynamic table.
    struct Symbol: Sendable, Hashable {
        var name: String
        var isDefined: Bool
        var isWeak: Bool
        /// False for one that the loader does not show to others.
        var isVisible: Bool
    }

    /// A version of another library that this one needs.
    struct VersionNeed: Sendable, Hashable {
        var library: String
        var version: String
    }

    /// Names of the libraries it needs.
    private(set) var needed: [String] = []
    private(set) var soname: String?
    /// Folders its libraries are looked for in, as they are written.
    private(set) var runPath: [String] = []
    private(set) var versionNeeds: [VersionNeed] = []
    private(set) var definedVersions: Set<String> = []
    /// True when the stack of every thread would be executable.
    private(set) var hasExecutableStack = false
    /// True when sections of the Swift runtime are in it.
    private(set) var hasSwiftMetadata = false
    /// Where its symbols are found.
    let symbols: ELFSymbolTable

    /// Reads the tables.
    ///
    /// - Throws: What contradicts itself, or leads out of the file.
    init(_ bytes: [UInt8]) throws(ByteTable.Fault) {
        let file = ByteTable(bytes: bytes)
        let segments = try ELFSegments(file)
        hasExecutableStack = segments.hasExecutableStack
        let sections = try ELFSections(file)
        hasSwiftMetadata = sections.names.contains { $0.hasPrefix("swift5_") }
        let dynamic = try ELFDynamic(file, segments)
        symbols = try ELFSymbolTable(file, dynamic, segments, sections)
        for offset in dynamic.values(.needed) { needed.append(try dynamic.text(offset)) }
        soname = try dynamic.value(.soname).map { (offset) throws(ByteTable.Fault) in try dynamic.text(offset)
        }
        for tag in [ELFDynamic.Tag.runPath, .oldRunPath] where runPath.isEmpty {
            guard let offset = dynamic.value(tag) else { continue }
            runPath = try dynamic.text(offset).split(separator: ":", omittingEmptySubsequences: false).map(
                String.init
            )
        }
        try readVersionNeeds(file, dynamic, segments)
        try readDefinedVersions(file, dynamic, segments)
    }

    /// Whether it shows a symbol of this name to others.
    func defines(_ name: String) throws(ByteTable.Fault) -> Bool { try symbols.defines(name) }

    private mutating func readVersionNeeds(
        _ file: ByteTable,
        _ dynamic: ELFDynamic,
        _ segments: ELFSegments
    ) throws(ByteTable.Fault) {
        guard let address = dynamic.value(.versionNeeds) else { return }
        var place = try segments.offset(of: address)
        for _ in 0..<min(dynamic.value(.versionNeedCount) ?? 0, 4096) {
            let library = try dynamic.text(UInt64(try file.integer(place + 4, UInt32.self)))
            var entry = try ByteTable.sum(place, UInt64(try file.integer(place + 8, UInt32.self)))
            for _ in 0..<(try file.integer(place + 2, UInt16.self)) {
                let isWeak = try file.integer(entry + 4, UInt16.self) & 2 != 0
                let version = try dynamic.text(UInt64(try file.integer(entry + 8, UInt32.self)))
                if !isWeak { versionNeeds.append(VersionNeed(library: library, version: version)) }
                let next = try file.integer(entry + 12, UInt32.self)
                if next == 0 { break }
                entry = try ByteTable.sum(entry, UInt64(next))
            }
            let next = try file.integer(place + 12, UInt32.self)
            if next == 0 { break }
            place = try ByteTable.sum(place, UInt64(next))
        }
    }

    private mutating func readDefinedVersions(
        _ file: ByteTable,
        _ dynamic: ELFDynamic,
        _ segments: ELFSegments
    ) throws(ByteTable.Fault) {
        guard let address = dynamic.value(.versions) else { return }
        var place = try segments.offset(of: address)
        for _ in 0..<min(dynamic.value(.versionCount) ?? 0, 4096) {
            let entry = try ByteTable.sum(place, UInt64(try file.integer(place + 12, UInt32.self)))
            definedVersions.insert(try dynamic.text(UInt64(try file.integer(entry, UInt32.self))))
            let next = try file.integer(place + 16, UInt32.self)
            if next == 0 { break }
            place = try ByteTable.sum(place, UInt64(next))
        }
    }
}
