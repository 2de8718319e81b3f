/// Laws about files and what they import.
extension Rule {
    static let fileLength = Rule(
        name: "No file is longer than 500 lines, no C header of the contract longer than 150",
        bad: SourceFile("Sources/MCP/Long.swift", String(repeating: "\n", count: 501)),
        good: SourceFile("Sources/MCP/Short.swift", String(repeating: "\n", count: 499))
    ) { file in
        guard file.isSwift || file.isHeader || file.path.hasSuffix(".c") else { return [] }
        let limit = file.isHeader && file.isUnder("CRoost") ? 150 : 500
        let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        return count > limit ? [(limit + 1, "has \(count) lines, more than \(limit)")] : []
    }

    /// What each target may import of ours; the order is a request's path.
    static let allowedImports: [String: Set<String>] = [
        "roost": [
            "PluginInspection",
            "PluginProjects",
            "HostConfiguration", "Transports", "Gateway", "Policies", "PluginRuntime", "OutboundHTTP", "MCP",
            "Redis", "RoostJSON", "RunPod", "SQLiteStore", "Telemetry", "WorkStore",
        ],
        "HostConfiguration": ["FunctionDeclarations", "OutboundHTTP", "RoostJSON", "YAML"],
        "FunctionDeclarations": ["RoostJSON"],
        "YAML": ["RoostJSON"],
        "Transports": ["Gateway", "MCP", "RoostJSON", "Telemetry"],
        "MCP": ["RoostJSON"],
        "Gateway": ["MCP", "PluginRuntime", "RoostJSON", "Telemetry", "WorkStore"],
        "Policies": [
            "Gateway", "MCP", "OutboundHTTP", "PluginRuntime", "Redis", "RoostJSON", "SQLiteStore",
            "Telemetry",
        ],
        "PluginRuntime": ["CRoost", "CellProtocol", "CCellProcess", "OutboundHTTP", "RoostJSON"],
        "PluginInspection": ["MCP", "PluginRuntime", "RoostJSON"],
        "CellProtocol": [],
        "PluginProjects": ["RoostJSON"],
        "OutboundHTTP": [],
        "Telemetry": ["OutboundHTTP", "RoostJSON"],
        "Redis": [],
        "SQLiteStore": [],
        "WorkStore": ["Redis", "SQLiteStore"],
        "RunPod": [
            "Gateway", "MCP", "OutboundHTTP", "PluginRuntime", "RoostJSON", "SQLiteStore", "Telemetry",
            "Transports", "WorkStore",
        ],
        "Embedding": ["RoostJSON"],
        "CCellProcess": [],
        "CRoost": [],
        "RoostJSON": [],
        "RoostKit": ["CRoost", "RoostJSON"],
        "RoostTesting": ["CRoost", "RoostKit", "RoostJSON"],
    ]

    static let dependencyDirection = Rule(
        name: "Imports go one way: host to contract, never back",
        bad: SourceFile("Sources/Gateway/Gateway.swift", "import MCP\npackage import Transports\n"),
        good: SourceFile("Sources/Gateway/Gateway.swift", "import MCP\nimport NIOCore\n")
    ) { file in
        guard file.isSwift, let target = target(of: file) else { return [] }
        let isPlugin = file.path.hasPrefix("Plugins/")
        guard
            let allowed = isPlugin
                ? ["CRoost", "RoostKit", "RoostJSON", "Embedding", "FunctionDeclarations", "YAML"]
                : allowedImports[target]
        else {
            return [(1, "the target \(target) has no entry in the table of this test")]
        }
        return imports(of: file).filter { allowedImports[$0.module] != nil && !allowed.contains($0.module) }
            .map { ($0.line, "\(target) must not import \($0.module)") }
    }

    static let foundation = Rule(
        name:
            "The host does not import Foundation; its executable, the SDK and plugins at most FoundationEssentials",
        bad: SourceFile("Sources/RoostKit/Dates.swift", "public import Foundation\n"),
        good: SourceFile("Sources/RoostKit/Dates.swift", "public import FoundationEssentials\n")
    ) { file in
        guard file.isSwift, target(of: file) != nil else { return [] }
        let mayUseEssentials =
            file.path.hasPrefix("Plugins/")
            || ["roost", "RoostKit", "RoostTesting"].contains(target(of: file) ?? "")
        return imports(of: file).filter { $0.module.hasPrefix("Foundation") }
            .filter { !(mayUseEssentials && $0.module == "FoundationEssentials") }
            .map { ($0.line, "must not import \($0.module)") }
    }

    /// The target a file of Sources or Plugins belongs to; nil for other files.
    static func target(of file: SourceFile) -> String? {
        let parts = file.path.split(separator: "/")
        guard parts.count > 2, parts[0] == "Sources" || parts[0] == "Plugins" else { return nil }
        return String(parts[1])
    }

    private static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
        file.codeLines.compactMap { line in
            let words = line.text.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                words[..<place].allSatisfy({
                    $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0)
                })
            else { return nil }
            return (line.number, String(words[words.count - 1].prefix { $0 != "." }))
        }
    }
}
