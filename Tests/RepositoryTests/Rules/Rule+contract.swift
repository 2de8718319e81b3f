/// Laws about the headers of CRoost.
extension Rule {
    static let threadTags = Rule(
        name: "Every function pointer of the contract tells on which threads it is called",
        bad: SourceFile(
            "Sources/CRoost/include/roost/x.h",
            "    // Does it.\n    void (*ROOST_NONNULL run)(void);\n"
        ),
        good: SourceFile(
            "Sources/CRoost/include/roost/x.h",
            "    // Does it.\n    // [any & started]\n    void (*ROOST_NONNULL run)(void);\ntypedef int (*ROOST_NONNULL fn)(void);\n"
        )
    ) { file in
        guard file.isHeader, file.isUnder("CRoost") else { return [] }
        let lines = file.lines.map(\.text)
        return lines.indices.compactMap { place in
            let line = lines[place]
            guard line.hasPrefix(" "), line.contains("(*ROOST_"), !line.contains("typedef") else {
                return nil
            }
            let comment = lines[..<place].reversed().prefix { $0.drop { $0 == " " }.hasPrefix("//") }
            let isTagged = comment.contains { line in
                let text = line.drop { $0 == " " || $0 == "/" }
                return ["[control", "[worker", "[any"].contains { text.hasPrefix($0) }
            }
            return isTagged ? nil : (place + 1, "needs a line such as // [any] above it")
        }
    }

    static let extensionIdentifiers = Rule(
        name: "An extension's id is roost.<name of its header>/<n>",
        bad: SourceFile(
            "Sources/CRoost/include/roost/ext/log.h",
            "#define ROOST_EXT_LOG \"roost.logging/1\"\n"
        ),
        good: SourceFile("Sources/CRoost/include/roost/ext/log.h", "#define ROOST_EXT_LOG \"roost.log/1\"\n")
    ) { file in
        guard file.isHeader, file.isUnder("ext"), file.isUnder("CRoost") else { return [] }
        let stem = String(file.name.prefix { $0 != "." })
        var ids: [(line: Int, id: Substring)] = []
        for line in file.lines where line.text.hasPrefix("#define ROOST_EXT_") {
            let parts = line.text.split(separator: "\"", omittingEmptySubsequences: false)
            if parts.count == 3 { ids.append((line.number, parts[1])) }
        }
        if ids.isEmpty { return [(1, "defines no id such as \"roost.\(stem)/1\"")] }
        return ids.filter { entry in
            let parts = entry.id.split(separator: "/")
            guard parts.count == 2, parts[0] == "roost.\(stem)", let number = Int(parts[1]), number > 0 else {
                return true
            }
            return false
        }
        .map { ($0.line, "\"\($0.id)\" is not \"roost.\(stem)/<n>\"") }
    }
}
