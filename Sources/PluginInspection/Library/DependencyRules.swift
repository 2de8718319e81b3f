/// Whether this machine has what a library needs: the other libraries, their versions, and the symbols.
///
/// What the loader says counts more, and names one thing that is missing. These findings name all of them.
enum DependencyRules {
    /// The findings for a library with this name, which lies at this path.
    static func findings(_ bytes: [UInt8], name: String, path: String, source: LibrarySource) -> [Finding] {
        guard let image = try? ELFImage(bytes), let facts = try? LibraryFacts(image, size: bytes.count) else {
            return []
        }
        let library = LibrarySource.Found(image: image, folder: nil)
        // As the linker meant it, to tell a library that lies where no host looks from one that is nowhere.
        let beside = LibrarySource.Found(image: image, folder: LibrarySource.folder(of: path))
        let (known, missing) = source.closure(of: library)
        var findings: [Finding] = []
        for other in missing.sorted() {
            guard source.find(other, for: beside) == nil else {
                findings.append(
                    Finding(
                        .missingLibrary,
                        nil,
                        "\(name) needs \(other), which lies beside it; a host loads a plugin from a copy of its own, so $ORIGIN in its run path leads nowhere",
                        fix:
                            "link that library into the plugin, or install it where the loader looks or an absolute run path leads"
                    )
                )
                continue
            }
            findings.append(
                Finding(
                    .missingLibrary,
                    nil,
                    "\(name) needs \(other), which is neither in its run path nor on this machine"
                )
            )
        }
        for need in image.versionNeeds {
            guard let versions = known[need.library]?.image.definedVersions, !versions.isEmpty,
                !versions.contains(need.version)
            else { continue }
            findings.append(
                Finding(
                    .missingVersion,
                    nil,
                    "\(name) needs version \(need.version) of \(need.library), which this machine's does not have"
                )
            )
        }
        // With a library missing, its symbols would all be told again.
        guard missing.isEmpty else { return findings }
        let undefined = facts.undefined.filter { symbol in
            !known.values.contains { (try? $0.image.defines(symbol)) ?? false }
        }
        if !undefined.isEmpty {
            let shown = undefined.prefix(3).joined(separator: ", ")
            let rest = undefined.count > 3 ? " and \(undefined.count - 3) more" : ""
            findings.append(
                Finding(.missingSymbol, nil, "\(name) needs \(shown)\(rest), which none of its libraries has")
            )
        }
        return findings
    }
}
