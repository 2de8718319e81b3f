/// Laws about what Swift code may say.
extension Rule {
    static let access = Rule(
        name: "Only RoostJSON, RoostKit and RoostTesting have public declarations, and a plugin its entry",
        bad: SourceFile("Sources/MCP/A.swift", "public struct A {}\n"),
        good: SourceFile("Sources/MCP/A.swift", "public import RoostJSON\npackage struct A {} // public\n")
    ) { file in
        guard file.isSwift, let target = target(of: file),
            !["RoostJSON", "RoostKit", "RoostTesting"].contains(target)
        else { return [] }
        return file.codeLines.filter { line in
            let words = words(of: line.text)
            guard words.contains("public") || line.text.contains("open class ") else { return false }
            let isEntry = file.path.hasPrefix("Plugins/") && words.contains("roost_plugin_entry_v1")
            return !words.contains("import") && !isEntry
        }
        .map { ($0.number, "must be package or less") }
    }

    static let boundary = Rule(
        name: "Unsafe code stands only under Boundary",
        bad: SourceFile("Sources/MCP/A.swift", "final class A: @unchecked Sendable {}\n"),
        good: SourceFile("Sources/MCP/Boundary/A.swift", "final class A: @unchecked Sendable {}\n")
    ) { file in
        guard file.isSwift, target(of: file) != nil, !file.isUnder("Boundary") else { return [] }
        let banned = ["Unsafe", "nonisolated(unsafe)", "@unchecked Sendable", "unsafeBitCast", "Unmanaged"]
        return file.codeLines.flatMap { line in
            // Copying bytes out of a key, a digest or a C array lets no pointer escape.
            let copies = line.text.contains("withUnsafeBytes") && line.text.contains("Array($0)")
            return banned.filter { line.text.contains($0) && !copies }.map {
                (line.number, "\($0) belongs under a folder named Boundary")
            }
        }
    }

    static let optionals = Rule(
        name: "Nothing is unwrapped, tried or cast by force",
        bad: SourceFile("Sources/MCP/A.swift", "let a = b!.c\n"),
        good: SourceFile("Sources/MCP/A.swift", "let a = !b != c // d!\nlet e = \"f!\"\n")
    ) { file in
        guard file.isSwift, !file.isUnder("Boundary") else { return [] }
        return file.codeLines.flatMap { line -> [(line: Int, reason: String)] in
            let text = Array(line.text.unicodeScalars)
            return text.indices.compactMap { place in
                guard text[place] == "!", place > 0, place + 1 >= text.count || text[place + 1] != "=" else {
                    return nil
                }
                let before = text[place - 1]
                let isForced =
                    before.properties.isAlphabetic || before.properties.numericType != nil
                    || [")", "]", "}", "_", ">", "`", "!"].contains(before)
                return isForced ? (line.number, "an exclamation mark that traps") : nil
            }
        }
    }

    static let suffixes = Rule(
        name: "Names say what a thing is: no Manager, Helper, Util, Impl, Base",
        bad: SourceFile("Sources/MCP/SchemaManager.swift", "struct A {}\n"),
        good: SourceFile("Sources/MCP/Schema.swift", "struct DataBasement {}\n// SchemaManager\n")
    ) { file in
        let banned = ["Manager", "Helper", "Helpers", "Util", "Utils", "Impl", "Base"]
        func isBanned(_ name: some StringProtocol) -> Bool {
            banned.contains { name.hasSuffix($0) && name.count >= $0.count }
        }
        var result: [(line: Int, reason: String)] = []
        let stem = file.name.prefix { $0 != "." }
        if isBanned(stem) { result.append((1, "the file's name ends with a word that says nothing")) }
        guard file.isSwift else { return result }
        let kinds: Set<Substring> = ["class", "struct", "enum", "actor", "protocol", "typealias"]
        for line in file.codeLines {
            let words = words(of: line.text)
            for (kind, name) in zip(words, words.dropFirst()) where kinds.contains(kind) && isBanned(name) {
                result.append((line.number, "\(name) ends with a word that says nothing"))
            }
        }
        return result
    }

    static let openEnds = Rule(
        name: "No \("TO" + "DO") without a link",
        bad: SourceFile("Sources/MCP/A.swift", "// \("TO" + "DO"): later\n"),
        good: SourceFile(
            "Sources/MCP/A.swift",
            "// \("TO" + "DO"): later, see https://example.com/issues/7\n"
        )
    ) { file in
        file.lines.filter { line in
            let words = words(of: line.text)
            guard words.contains("TO" + "DO") || words.contains("FIX" + "ME") else { return false }
            return !line.text.contains("https://")
        }
        .map { ($0.number, "an open end without a link") }
    }

    /// The identifiers and keywords of a line.
    static func words(of line: Substring) -> [Substring] {
        line.utf8.split { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
                false
            default: true
            }
        }
        .map(Substring.init)
    }
}
