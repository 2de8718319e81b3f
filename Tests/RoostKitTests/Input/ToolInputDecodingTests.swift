import RoostKit
import Testing

@Suite("Reading a tool's arguments")
struct ToolInputDecodingTests {
    struct Input: ToolInput {
        enum Unit: String, CaseIterable, ParamValue {
            case metric, imperial
        }

        struct Stop: ToolInput {
            @Param("Name") var name: String
            @Param("Minutes", in: 0...60) var minutes = 5
        }

        @Param("City", length: 1...5) var city: String
        @Param("Days", in: 1...10) var days = 3
        @Param("Unit") var unit: Unit?
        @Param("Stops", count: ...2) var stops: [Stop] = []
    }

    @Test("fills what was given and keeps the defaults of the rest")
    func defaults() throws {
        let input = try Input.decode(
            view(#"{"city":"Oslo","stops":[{"name":"A"},{"name":"B","minutes":9}]}"#)
        )
        #expect(input.city == "Oslo")
        #expect(input.days == 3)
        #expect(input.unit == nil)
        #expect(input.stops.map(\.name) == ["A", "B"])
        #expect(input.stops.map(\.minutes) == [5, 9])
    }

    @Test("reads null as not given")
    func null() throws {
        let input = try Input.decode(view(#"{"city":"Oslo","days":null,"unit":null}"#))
        #expect(input.days == 3)
        #expect(input.unit == nil)
    }

    @Test(
        "says which argument does not fit, what was expected and what was found",
        arguments: [
            (#"{}"#, "Argument 'city': expected a value, found nothing."),
            (#"{"city":7}"#, "Argument 'city': expected a string, found 7."),
            (
                #"{"city":"Stavanger"}"#,
                #"Argument 'city': expected a text whose length is from 1 to 5, found "Stavanger"."#
            ),
            (#"{"city":"Oslo","days":11}"#, "Argument 'days': expected a number from 1 to 10, found 11."),
            (#"{"city":"Oslo","days":1.5}"#, "Argument 'days': expected an integer, found 1.5."),
            (
                #"{"city":"Oslo","unit":"old"}"#,
                #"Argument 'unit': expected one of "metric", "imperial", found "old"."#
            ),
            (
                #"{"city":"Oslo","stops":[{"name":"A"},{}]}"#,
                "Argument 'stops.1.name': expected a value, found nothing."
            ),
            (
                #"{"city":"Oslo","stops":[{"name":"A"},{"name":"B"},{"name":"C"}]}"#,
                "Argument 'stops': expected an array whose count is of at most 2, found "
                    + #"[{"name":"A"},{"name":"B"},{"name":"C"}]."#
            ),
            (#"[]"#, "The arguments: expected an object, found []."),
        ]
    )
    func mismatch(arguments: String, message: String) throws {
        let error = #expect(throws: InputMismatch.self) { try Input.decode(view(arguments)) }
        #expect(error?.description == message)
    }

    @Test("copies of an input do not share their values")
    func copies() throws {
        var first = try Input.decode(view(#"{"city":"Oslo"}"#))
        let second = first
        first.city = "Rome"
        #expect(second.city == "Oslo")
        #expect(first.city == "Rome")
    }

    @Test("an input made by hand is filled by assignment and reads back as JSON")
    func byHand() throws {
        var input = Input()
        input.city = "Oslo"
        input.unit = .imperial
        #expect(input.json == ["city": "Oslo", "days": 3, "unit": "imperial", "stops": []])
    }
}
