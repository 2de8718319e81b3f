import RoostJSON
import Testing

@testable import MemoryServer

@Suite("Metadata filter")
struct MetadataFilterTests {
    private static let metadata: JSONObject = [
        "kind": "lead", "year": 2024, "score": 0.5, "tags": ["a", "b"], "open": true, "none": nil,
    ]

    @Test(
        "holds",
        arguments: [
            #"{"kind":"lead"}"#, #"{"kind":{"$eq":"lead"}}"#, #"{"kind":{"$ne":"note"}}"#,
            #"{"missing":{"$ne":1}}"#,
            #"{"year":{"$gt":2023,"$lte":2024}}"#, #"{"year":2024.0}"#, #"{"score":{"$gte":0.5}}"#,
            #"{"kind":{"$gt":"a"}}"#, #"{"kind":{"$in":["note","lead"]}}"#, #"{"year":{"$nin":[1,2]}}"#,
            #"{"missing":{"$nin":["x"]}}"#, #"{"open":true}"#, #"{"tags":["a","b"]}"#, #"{"none":null}"#,
            #"{}"#,
            #"{"$or":[{"kind":"note"},{"year":{"$lt":2025}}]}"#, #"{"$and":[{"kind":"lead"},{"open":true}]}"#,
        ]
    )
    func holds(text: String) throws { #expect(try filter(text).holds(for: Self.metadata)) }

    @Test(
        "does not hold",
        arguments: [
            #"{"kind":"note"}"#, #"{"kind":{"$ne":"lead"}}"#, #"{"missing":1}"#, #"{"missing":{"$gt":0}}"#,
            #"{"missing":{"$in":[null]}}"#, #"{"year":{"$gt":"2000"}}"#, #"{"year":"2024"}"#,
            #"{"kind":{"$lt":"a"}}"#,
            #"{"kind":"lead","year":1}"#, #"{"$or":[{"kind":"note"},{"year":1}]}"#, #"{"open":{"$gt":0}}"#,
        ]
    )
    func fails(text: String) throws { #expect(try !filter(text).holds(for: Self.metadata)) }

    @Test(
        "what cannot be understood is said",
        arguments: [
            (#"{"$not":{}}"#, "$not"), (#"{"$or":[]}"#, "$or"), (#"{"$and":[1]}"#, "$and"),
            (#"{"a":{"$regex":"x"}}"#, "$regex"), (#"{"a":{"$in":1}}"#, "$in"),
            (#"{"a":{"$gt":true}}"#, "$gt"),
        ]
    )
    func faults(text: String, word: String) throws {
        let fault = #expect(throws: MetadataFilter.Fault.self) { _ = try filter(text) }
        #expect(fault?.sentence.contains(word) == true)
    }

    @Test("conditions inside each other are bounded")
    func depth() throws {
        let text = String(repeating: #"{"$and":["#, count: 20) + "{}" + String(repeating: "]}", count: 20)
        #expect(throws: MetadataFilter.Fault.self) { _ = try filter(text) }
    }

    private func filter(_ text: String) throws -> MetadataFilter {
        try MetadataFilter(try #require(try JSONValue(parsing: text).object))
    }
}
