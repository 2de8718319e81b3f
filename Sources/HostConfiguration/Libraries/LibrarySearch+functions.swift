/// C libraries whose functions are served: where they are, and whether they have what is named.
extension LibrarySearch {
    #if arch(arm64)
    private static let triplet = "aarch64-linux-gnu"
    #else
    private static let triplet = "x86_64-linux-gnu"
    #endif

    /// Where the system keeps libraries; every cell may read them.
    private static let systemFolders = [
        "/usr/local/lib", "/lib/\(triplet)", "/usr/lib/\(triplet)", "/lib64", "/usr/lib64", "/lib",
        "/usr/lib",
    ]

    /// The absolute path of a C library; nil when there is none.
    ///
    /// A name without a slash is looked up in the folders of plugins and then in the system's.
    package func path(of library: ForeignLibrary) -> String? {
        candidates(library.name).first(where: isReadable)
    }

    /// True when a cell may read a file only when it is granted.
    package func needsGrant(_ path: String) -> Bool {
        !Self.systemFolders.contains { path.hasPrefix($0 + "/") }
    }

    /// What is wrong with the C library of a plugin.
    func faults(of library: ForeignLibrary, in plugin: PluginConfiguration) -> [ConfigurationFault] {
        guard let path = path(of: library) else {
            return [
                ConfigurationFault(
                    place: plugin.libraryPlace,
                    keyPath: "plugins.\(plugin.alias).library",
                    expected: "a library that can be read",
                    found: "none at " + candidates(library.name).joined(separator: ", "),
                    hint: "install it, or write its path"
                )
            ]
        }
        let names = Set(library.symbols.map(\.name))
        let missing = missing(names, in: path)
        return library.symbols.filter { missing.contains($0.name) }.map { symbol in
            ConfigurationFault(
                place: symbol.place,
                keyPath: symbol.keyPath,
                expected: "a symbol of \(path) or of the libraries it needs",
                found: "\"\(symbol.name)\", which none of them has",
                hint: "nm -D \(path) lists them"
            )
        }
    }

    private func candidates(_ name: String) -> [String] {
        name.hasPrefix("/") ? [name] : (folders + Self.systemFolders).map { "\($0)/\(name)" }
    }

    /// The symbols that neither a library nor those it needs have.
    ///
    /// None when a file among them cannot be found or read: the dynamic loader knows more places, and will say.
    private func missing(_ names: Set<String>, in path: String) -> Set<String> {
        var missing = names
        var seen: Set<String> = [path]
        var waiting = [path]
        while !missing.isEmpty, let next = waiting.popLast() {
            guard let bytes = try? ConfigurationFile.bytes(at: next), let library = DynamicSymbols(elf: bytes)
            else {
                return []
            }
            missing.subtract(library.defined)
            for name in library.needed {
                guard let path = candidates(name).first(where: isReadable) else { return [] }
                if seen.insert(path).inserted { waiting.append(path) }
            }
        }
        return missing
    }
}
