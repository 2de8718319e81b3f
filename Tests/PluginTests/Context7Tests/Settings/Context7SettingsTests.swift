import RoostJSON
import Testing

@testable import Context7Server

@Suite("The plugin's config")
struct Context7SettingsTests {
    private func read(_ config: JSONValue, _ environment: [String: String] = [:]) throws -> Context7Settings {
        try Context7Settings(config, dataDirectory: "/data", environment: environment)
    }

    @Test("has sensible defaults")
    func defaults() throws {
        let settings = try read([:])
        #expect(settings.service == "https://context7.com/api")
        #expect(settings.freshFor == .seconds(300) && settings.staleFor == .seconds(604_800))
        #expect(settings.model == "/data/model" && settings.libraries.isEmpty)
    }

    @Test("takes the service's address from upstream's variable, and from the config before it")
    func address() throws {
        let environment = ["CONTEXT7_API_URL": "http://10.0.0.1:3000/api/"]
        #expect(try read([:], environment).service == "http://10.0.0.1:3000/api")
        #expect(try read(["api": "https://x.dev/api"], environment).service == "https://x.dev/api")
        #expect(try read(["api": "off"], environment).service == nil)
    }

    @Test("takes the embedding model's folder and how many cores compute with it")
    func embedding() throws {
        let named = try read(["embedding": ["model": "m", "cores": 2]])
        #expect(named.model == "/data/m" && named.namesModel && named.cores == 2)
        // Cores alone say nothing of where it lies.
        let usual = try read(["embedding": ["cores": 4]])
        #expect(usual.model == "/data/model" && !usual.namesModel && usual.cores == 4)
        #expect(try read(["embedding": "off"]).model == nil && read([:]).cores == 1)
    }

    @Test("takes the tags of a checkout as versions: all, some or none")
    func tags() throws {
        let settings = try read([
            "libraries": [
                "/a/all": "x", "/a/some": ["path": "x", "tags": ["v*"]],
                "/a/none": ["path": "x", "tags": "off"],
            ]
        ])
        #expect(settings.libraries.map(\.tags) == [["*"], ["v*"], []])
    }

    @Test("takes libraries as paths, and with versions, titles and patterns")
    func libraries() throws {
        let settings = try read([
            "libraries": [
                "/sales/qualification": "docs/sales",
                "/corp/sdk": [
                    "path": "/srv/sdk/", "title": "SDK", "url": "https://sdk.corp",
                    "versions": ["v1.0": "/srv/sdk-1"], "include": ["docs/**"], "exclude": ["docs/old"],
                ],
            ]
        ])
        #expect(settings.libraries.map { $0.id.library } == ["/sales/qualification", "/corp/sdk"])
        #expect(settings.libraries[0].editions == [.init(version: nil, path: "/data/docs/sales")])
        #expect(
            settings.libraries[1].editions == [
                .init(version: nil, path: "/srv/sdk"), .init(version: "v1.0", path: "/srv/sdk-1"),
            ]
        )
        #expect(
            settings.libraries[1].include == ["docs/**"] && settings.libraries[1].url == "https://sdk.corp"
        )
    }

    @Test(
        "says what is wrong, and what was expected",
        arguments: [
            (["apu": "x"], "has no key \"apu\""), (["api": "context7.com"], "expects off, or an address"),
            (["cache": ["ttl": 5]], "expects a time such as 500ms"),
            (["cache": ["x": "5m"]], "no key \"cache.x\""),
            (["refresh": "soon"], "as \"refresh\", found \"soon\""),
            (["libraries": ["docs"]], "{ /owner/name:"),
            (["libraries": ["sales": "x"]], "ids such as /owner/name"),
            (["libraries": ["/a/b": ["paht": "x"]]], "a path, or { path:"),
            (["libraries": ["/a/b": ["path": "x", "titel": "y"]]], "no key \"libraries./a/b.titel\""),
            (["libraries": ["/a/b": "x", "/A/B": "y"]], "each id once"),
            (["libraries": ["/a/b": ["path": "x", "tags": "v*"]]], "off, or patterns such as [\"v*\"]"),
            (["embedding": "on"], "off, or { model:"),
            (["embedding": ["model": 1]], "the path of a folder as \"embedding.model\""),
            (["embedding": ["cores": 0]], "a number from 1 to 256 as \"embedding.cores\""),
            (["embedding": ["core": 2]], "no key \"embedding.core\""),
        ] as [(JSONValue, String)]
    )
    func faults(_ config: JSONValue, _ words: String) {
        let error = #expect(throws: SettingsError.self) { try read(config) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
}
