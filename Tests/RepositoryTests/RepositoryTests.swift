import Testing

@Suite("The tree")
struct RepositoryTests {
    @Test("keeps its laws", arguments: Rule.all)
    func laws(_ rule: Rule) async {
        #expect(SourceTree.files.count > 100)
        for file in SourceTree.files {
            // Other tests wait for their turn on the same two threads.
            await Task.yield()
            for violation in rule.violations(file) {
                Issue.record("\(file.path):\(violation.line): \(violation.reason)")
            }
        }
    }

    @Test("a law notices when it is broken, and only then", arguments: Rule.all)
    func samples(_ rule: Rule) {
        #expect(!rule.violations(rule.bad).isEmpty)
        #expect(rule.violations(rule.good).isEmpty, "\(rule.violations(rule.good))")
    }

    @Test("every folder of Policies has tests of its name")
    func policies() {
        let folders = SourceTree.entries(of: "Sources/Policies").filter(\.isFolder).map(\.name)
        #expect(Self.untested(folders, in: SourceTree.files.map(\.path)) == [])
        #expect(Self.untested(["Cache"], in: ["Tests/PoliciesTests/Cached.swift"]) == ["Cache"])
        #expect(Self.untested(["Cache"], in: ["Tests/PoliciesTests/CacheTests/Hit.swift"]) == [])
        #expect(Self.untested(["Cache"], in: ["Tests/GatewayTests/CachePolicyTests.swift"]) == [])
    }

    @Test("the README names the two commands")
    func readme() throws {
        guard let text = SourceTree.text(of: "README.md") else { return }
        #expect(text.contains("make run") && text.contains("make test"))
    }

    @Test("comments and texts are not taken for code")
    func code() {
        let source = ##"""
            let a = "b! // c" /* d! /* e! */ f! */ + g // h!
            let i = #"j" k!"# + """
                l!
                """
            """##
        let code = SwiftCode.withoutTexts(source)
        #expect(!code.contains("!"))
        #expect(
            code.contains("+ g") && code.split(separator: "\n").count == source.split(separator: "\n").count
        )
    }

    private static func untested(_ folders: [String], in paths: [String]) -> [String] {
        folders.filter { folder in
            !paths.contains { path in
                path.hasPrefix("Tests/")
                    && (path.contains("/\(folder)Tests/") || path.hasSuffix("/\(folder)Tests.swift")
                        || path.hasSuffix("/\(folder)PolicyTests.swift"))
            }
        }
    }
}
