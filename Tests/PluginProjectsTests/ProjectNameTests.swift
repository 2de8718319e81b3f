import PluginProjects
import Testing

@Suite("The name of a new plugin")
struct ProjectNameTests {
    @Test("is words with hyphens, and takes the form each language wants")
    func forms() throws {
        let name = try ProjectName("weather-report2")
        #expect(name.alias == "weather-report2")
        #expect(name.typeName == "WeatherReport2")
        #expect(name.identifier == "weather_report2")
        #expect(name.exampleID == "dev.example.weather-report2")
    }

    @Test(
        "is refused with a name that would do",
        arguments: [
            ("Weather", "weather"), ("weather report", "weather-report"), ("WeatherReport", "weather-report"),
            ("weather_report", "weather-report"), ("weather--report", "weather-report"), ("-a", "a"),
            ("weather-", "weather"), ("weather-2", "weather2"), ("../etc/passwd", "etc-passwd"),
        ]
    )
    func proposals(_ text: String, _ proposal: String) {
        let fault = #expect(throws: ProjectName.Fault.self) { try ProjectName(text) }
        #expect(
            fault?.description.contains("found '\(text)'. Try \(proposal)") == true,
            "\(fault?.description ?? "no fault")"
        )
    }

    @Test("is refused where no other is near", arguments: ["", "2", "日本", "..", "/"])
    func noProposal(_ text: String) {
        let fault = #expect(throws: ProjectName.Fault.self) { try ProjectName(text) }
        #expect(
            fault?.description.hasSuffix("such as weather-report") == true,
            "\(fault?.description ?? "no fault")"
        )
    }

    @Test(
        "is none of those that would stand in the way of modules, crates and keywords",
        arguments: ["swift", "std", "fn"]
    )
    func reserved(_ text: String) {
        let fault = #expect(throws: ProjectName.Fault.self) { try ProjectName(text) }
        #expect(
            fault?.description.contains("Try \(text)-plugin") == true,
            "\(fault?.description ?? "no fault")"
        )
    }

    @Test("is not longer than a file's name may well be")
    func length() throws {
        let longest = String(repeating: "a", count: ProjectName.maximumLength)
        #expect(try ProjectName(longest).alias == longest)
        #expect(throws: ProjectName.Fault.self) { try ProjectName(longest + "a") }
    }

    @Test(
        "an id is reverse DNS",
        arguments: ["weather", "dev.", ".dev", "dev..weather", "dev.1a", "dev.a b", "dev.a\"b", "dev.a-"]
    )
    func identifiers(_ text: String) throws {
        #expect(try PluginIdentifier("dev.example.weather-report").text == "dev.example.weather-report")
        #expect(throws: ProjectName.Fault.self) { try PluginIdentifier(text) }
    }
}
