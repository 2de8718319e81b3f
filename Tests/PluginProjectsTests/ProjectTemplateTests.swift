import PluginProjects
import Testing

@Suite("A new project")
struct ProjectTemplateTests {
    private func files(
        _ language: ProjectLanguage,
        _ name: String = "weather-report",
        roost: RoostSource? = nil
    ) throws -> [String: ProjectFile] {
        let name = try ProjectName(name)
        let template = ProjectTemplate(
            language: language,
            name: name,
            id: try PluginIdentifier("org.weather.\(name.alias)"),
            roost: roost
        )
        return Dictionary(uniqueKeysWithValues: template.files.map { ($0.path, $0) })
    }

    @Test("has its own names everywhere and the template's nowhere", arguments: ProjectLanguage.allCases)
    func names(_ language: ProjectLanguage) throws {
        let files = try files(language)
        for (path, file) in files {
            #expect(!path.lowercased().contains("greeter"), "\(path)")
            #expect(!file.text.lowercased().contains("greeter"), "\(path)")
        }
        #expect(files.values.contains { $0.text.contains("org.weather.weather-report") })
        #expect(files["host.yaml"]?.text.contains("weather-report:") == true)
    }

    @Test("has what every project needs", arguments: ProjectLanguage.allCases)
    func parts(_ language: ProjectLanguage) throws {
        let files = try files(language)
        for path in [
            "README.md", "host.yaml", ".gitignore", "ci.sh", ".github/workflows/ci.yml", "calls/greet.json",
        ] {
            #expect(files[path]?.text.isEmpty == false, "\(path)")
        }
        #expect(files["ci.sh"]?.isProgram == true && files["host.yaml"]?.isProgram == false)
        #expect(files.keys.allSatisfy { !$0.hasPrefix("/") && !$0.contains("..") })
    }

    @Test("a name that holds the template's is not renamed twice")
    func overlap() throws {
        let files = try files(.swift, "greeter-greeter", roost: .checkout(path: "/a"))
        #expect(files["Package.swift"]?.text.contains("name: \"greeter-greeter\",") == true)
        #expect(files["Sources/GreeterGreeter/GreeterGreeterPlugin.swift"] != nil)
    }

    @Test("in Swift depends on a checkout, or on a repository under the name SwiftPM gives it")
    func dependency() throws {
        let checkout = try files(.swift, roost: .checkout(path: "/src/a \"b\""))["Package.swift"]?.text
        #expect(checkout?.contains(#".package(name: "roost", path: "/src/a \"b\"", traits: [])"#) == true)
        let source = RoostSource.repository(url: "https://example.com/mcp-roost.git", version: "1.2.0")
        let repository = try files(.swift, roost: source)["Package.swift"]?.text
        #expect(
            repository?.contains(
                #".package(url: "https://example.com/mcp-roost.git", from: "1.2.0", traits: [])"#
            ) == true
        )
        #expect(repository?.contains(#".product(name: "RoostKit", package: "mcp-roost")"#) == true)
        #expect(repository?.contains(#".product(name: "RoostTesting", package: "mcp-roost")"#) == true)
    }

    @Test("in C brings the contract's headers along; other languages need none")
    func headers() throws {
        #expect(
            try files(.c).keys.filter { $0.hasPrefix("include/roost/") }.count == ContractHeaders.files.count
        )
        #expect(try files(.rust).keys.allSatisfy { !$0.hasPrefix("include/") })
    }
}
