import MemoryServer
import Testing

@Suite("Indented JSON")
struct IndentedJSONTests {
    @Test(
        "looks as JSON.stringify with an indent of two makes it",
        arguments: [
            ("{}", "{}"), ("[]", "[]"), ("7", "7"), (#""a:b,{[\"x\\""#, #""a:b,{[\"x\\""#),
            (#"{"a":[]}"#, "{\n  \"a\": []\n}"), ("[[{}],1]", "[\n  [\n    {}\n  ],\n  1\n]"),
            (
                #"{"a":{"b":"}, ]"},"c":[1,2]}"#,
                "{\n  \"a\": {\n    \"b\": \"}, ]\"\n  },\n  \"c\": [\n    1,\n    2\n  ]\n}"
            ),
        ]
    )
    func indent(_ compact: String, _ indented: String) {
        #expect(IndentedJSON.text(of: Array(compact.utf8)) == indented)
    }
}
