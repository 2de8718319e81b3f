import Testing

@testable import Transports

@Suite("Dates in responses")
struct HTTPDateTests {
    @Test(
        "moments are written as RFC 9110 asks",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        ]
    )
    func text(second: Int, expected: String) {
        #expect(HTTPDate.text(of: second) == expected)
    }
}
