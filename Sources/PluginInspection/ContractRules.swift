package import PluginRuntime

/// What is wrong with what a library says of itself.
package enum ContractRules {
    /// The findings; `holdsSwift` tells whether the file has Swift code in it.
    package static func findings(
        _ description: PluginDescription,
        holdsSwift: Bool,
        _ name: String
    ) -> [Finding] {
        if let fault = description.abiFault {
            let parts = sentenceAndFix(fault.clause)
            if case .major = fault {
                return [Finding(.otherABI, nil, "\(name) \(parts.sentence)", fix: parts.fix)]
            }
            return [Finding(.structSize, nil, "\(name) \(parts.sentence)", fix: parts.fix)]
        }
        var findings: [Finding] = []
        if description.abiMinor > ABI.minor {
            findings.append(
                Finding(
                    .newerABI,
                    nil,
                    "\(name) was built with version \(description.abiMajor).\(description.abiMinor) of the contract; this host has \(ABI.major).\(ABI.minor)"
                )
            )
        }
        guard let descriptor = description.descriptor else { return findings }
        if description.abiMinor <= ABI.minor {
            for (type, size, known) in [
                ("roost_plugin_entry", description.entrySize, ABI.entrySize),
                ("roost_plugin_descriptor", descriptor.size, ABI.descriptorSize),
            ] where size > known {
                findings.append(
                    Finding(
                        .structLonger,
                        nil,
                        "\(name) gave a \(type) of \(size) bytes; version \(description.abiMajor).\(description.abiMinor) of the contract has \(known)"
                    )
                )
            }
        }
        let empty = [("id", descriptor.id), ("name", descriptor.name), ("version", descriptor.version)]
            .filter(\.1.isEmpty)
        if !empty.isEmpty {
            findings.append(
                Finding(
                    .emptyName,
                    nil,
                    "the descriptor of \(name) has no \(empty.map(\.0).joined(separator: ", no "))"
                )
            )
        }
        if let toolchain = descriptor.toolchain {
            if toolchain != Toolchain.current {
                findings.append(
                    Finding(
                        .otherToolchain,
                        nil,
                        "\(name) was built by \(toolchain) and this host by \(Toolchain.current), so it cannot run in the host's process"
                    )
                )
            }
        } else if holdsSwift {
            findings.append(
                Finding(.unstamped, nil, "\(name) holds Swift code and its descriptor has no toolchain")
            )
        }
        return findings
    }

    /// The finding for a library that could not even be loaded.
    static func finding(_ fault: TrialFault, _ name: String) -> Finding {
        switch fault {
        case .refused(let clause):
            let parts = sentenceAndFix(clause)
            return Finding(.notLoaded, nil, "\(name) \(parts.sentence)", fix: parts.fix)
        case .crashed(let reason, let place, let output):
            return Finding(
                .faultInEntry,
                nil,
                "\(name) ended its process (\(reason)) while it was loaded and its entry was read\(CrashWords.place(place, output))"
            )
        case .hung(let reason): return Finding(.faultInEntry, nil, "\(name): \(reason)")
        }
    }

    /// The runtime says what to do after what is wrong.
    static func sentenceAndFix(_ clause: String) -> (sentence: String, fix: String?) {
        guard let range = clause.firstRange(of: ". ") else { return (clause, nil) }
        let advice = clause[range.upperBound...]
        return (String(clause[..<range.lowerBound]), advice.prefix(1).lowercased() + advice.dropFirst())
    }
}
