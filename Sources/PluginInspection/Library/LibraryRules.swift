import PluginRuntime

/// What is wrong with the file of a library, from its bytes alone.
package enum LibraryRules {
    /// What the file shows, and the findings; no facts when it is no library that can be read.
    ///
    /// `name` is what messages call the file.
    package static func inspect(_ bytes: [UInt8], name: String) -> (facts: LibraryFacts?, findings: [Finding])
    {
        if let fault = LibraryFormat.fault(in: bytes) {
            let parts = ContractRules.sentenceAndFix(fault.clause)
            return (nil, [Finding(code(of: fault.kind), nil, "\(name) \(parts.sentence)", fix: parts.fix)])
        }
        let image: ELFImage, facts: LibraryFacts
        do throws(ByteTable.Fault) {
            image = try ELFImage(bytes)
            facts = try LibraryFacts(image, size: bytes.count)
        } catch {
            return (nil, [Finding(.incomplete, nil, "\(name) \(error.clause)")])
        }
        return (facts, findings(facts, image, name))
    }

    private static func findings(_ facts: LibraryFacts, _ image: ELFImage, _ name: String) -> [Finding] {
        var findings: [Finding] = []
        if !facts.exported.contains(ABI.entrySymbol) { findings.append(withoutEntry(facts, name)) }
        let further = facts.exported.filter { !$0.hasPrefix("roost_plugin_entry_v") }
        if !further.isEmpty, findings.isEmpty {
            let shown = further.prefix(3).joined(separator: ", ")
            let rest = further.count > 3 ? " and \(further.count - 3) more" : ""
            findings.append(
                Finding(.furtherSymbols, nil, "\(name) exports \(shown)\(rest) beside \(ABI.entrySymbol)")
            )
        }
        let heavy = facts.needed.filter(isHeavy)
        if !heavy.isEmpty {
            findings.append(
                Finding(
                    .foundation,
                    nil,
                    "\(name) needs \(heavy.joined(separator: ", ")), which costs a start 5 to 200 ms"
                )
            )
        }
        if image.hasExecutableStack {
            findings.append(Finding(.executableStack, nil, "\(name) asks for an executable stack"))
        }
        for folder in facts.runPath
        where !folder.hasPrefix("/") && !folder.hasPrefix("$ORIGIN") && !folder.hasPrefix("${ORIGIN}") {
            findings.append(
                Finding(
                    .relativePath,
                    nil,
                    "\(name) looks for its libraries in \"\(folder)\", relative to wherever the host is started"
                )
            )
        }
        if facts.holdsSwift, !facts.needed.contains("libswiftCore.so") {
            findings.append(
                Finding(
                    .ownSwiftRuntime,
                    nil,
                    "\(name) holds Swift code and does not need libswiftCore.so: it brings a runtime of its own"
                )
            )
        }
        return findings
    }

    /// No entry, or one under a name that the host does not look for.
    private static func withoutEntry(_ facts: LibraryFacts, _ name: String) -> Finding {
        if let other = facts.exported.first(where: { $0.hasPrefix("roost_plugin_entry_v") }) {
            return Finding(
                .noEntry,
                nil,
                "\(name) exports \(other): it was built for another major version of the contract than this host's, which is \(ABI.major)",
                fix: "rebuild it with the roost/roost.h of this host, or use a host that speaks its version"
            )
        }
        if let mangled = facts.exported.first(where: { $0.hasPrefix("_Z") && $0.contains(ABI.entrySymbol) }) {
            return Finding(
                .noEntry,
                nil,
                "\(name) exports \(mangled), which is \(ABI.entrySymbol) under a C++ name",
                fix:
                    "declare the function extern \"C\"; including roost/roost.h before its definition does that"
            )
        }
        let others = facts.exported.prefix(3).joined(separator: ", ")
        let rest = facts.exported.count > 3 ? " and \(facts.exported.count - 3) more" : ""
        return Finding(
            .noEntry,
            nil,
            "\(name) does not export \(ABI.entrySymbol); it exports \(others.isEmpty ? "nothing" : others + rest)"
        )
    }

    private static func isHeavy(_ library: String) -> Bool {
        [
            "libFoundation.so", "libFoundationNetworking.so", "libFoundationXML.so",
            "libFoundationInternationalization.so",
        ]
        .contains(library) || library.hasPrefix("lib_FoundationICU")
    }

    private static func code(of kind: LibraryFormat.Fault.Kind) -> FindingCode {
        switch kind {
        case .notELF: .notELF
        case .wordSize: .wordSize
        case .type: .notShared
        case .machine: .otherMachine
        case .incomplete: .incomplete
        }
    }
}
