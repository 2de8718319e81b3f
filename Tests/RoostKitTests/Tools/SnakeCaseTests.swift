import Testing

@testable import RoostKit

@Suite("Names of tools")
struct SnakeCaseTests {
    @Test(
        "come from type names",
        arguments: [
            ("Forecast", "forecast"), ("GetWeather", "get_weather"), ("HTTPStatus", "http_status"),
            ("ParseURL", "parse_url"), ("Top10Cities", "top10_cities"), ("already_snake", "already_snake"),
            ("TestX", "test_x"),
        ]
    )
    func names(type: String, tool: String) { #expect(SnakeCase.convert(type) == tool) }
}
