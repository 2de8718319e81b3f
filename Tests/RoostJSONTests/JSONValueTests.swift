import RoostJSON
import Testing

@Suite("Building and comparing JSON")
struct JSONValueTests {
    @Test(
        "what is written reads back as the same value",
        arguments: [
            nil, true, false, 0, -7, 1.5, 1e300, -1e-7, "", "a\"\\\n\r\t\u{1}\u{7F}é😀", [], [1, [2, []]], [:],
            ["a": nil, "b": ["c": [1, "x", false]], "\u{0}": 1],
        ] as [JSONValue]
    )
    func roundTrip(_ value: JSONValue) throws {
        #expect(try JSONValue(parsing: value.text) == value)
        #expect(try JSONValue(parsing: value.bytes).text == value.text)
        #expect(!value.text.contains("\n"))
    }

    @Test("keeps the order of members and compares without it")
    func order() throws {
        let first: JSONValue = ["a": 1, "b": 2], second: JSONValue = ["b": 2, "a": 1]
        #expect(first.text == #"{"a":1,"b":2}"# && second.text == #"{"b":2,"a":1}"#)
        #expect(first == second && first.hashValue == second.hashValue)
    }

    @Test("numbers compare by value, booleans are none")
    func numbers() {
        #expect(
            JSONValue.integer(1) == JSONValue.number(1)
                && JSONValue.integer(1).hashValue == JSONValue.number(1).hashValue
        )
        #expect(JSONValue.integer(1) != JSONValue.bool(true))
        #expect(JSONValue.number(1.5) != JSONValue.integer(1))
        #expect(JSONValue.integer(.max) != JSONValue.number(9_223_372_036_854_775_808))
    }

    @Test("strings compare by their scalars: no member is lost to canonical equivalence")
    func scalars() throws {
        #expect(JSONValue.string("\u{E9}") != JSONValue.string("e\u{301}"))
        let value = try JSONValue(parsing: #"{"\u00e9":1,"e\u0301":2}"#)
        #expect(value.object?.count == 2)
        #expect(value["\u{E9}"] == 1 && value["e\u{301}"] == 2)
        #expect(try JSONValue(parsing: value.text) == value)
    }

    @Test("equal objects hash alike even when their keys are canonically equivalent")
    func hashing() throws {
        let first = try JSONValue(parsing: #"{"\u00e9":1,"e\u0301":2}"#)
        let second = try JSONValue(parsing: #"{"e\u0301":2,"\u00e9":1}"#)
        #expect(first == second && first.hashValue == second.hashValue)
    }

    @Test("an object is edited in place")
    func editing() {
        var object = JSONObject([("a", 1), ("b", 2), ("a", 3)])
        #expect(object.keys == ["a", "b"] && object["a"] == 3)
        object["b"] = nil
        object["c"] = [1]
        #expect(JSONValue.object(object).text == #"{"a":3,"c":[1]}"#)
        #expect(JSONValue.object(object)["c"]?[0] == 1 && JSONValue.object(object)["c"]?[1] == nil)
    }

    @Test("the writer separates, nests and pastes")
    func writer() {
        var writer = JSONWriter()
        writer.object { object in
            object.member("a", 1)
            object.member("r", raw: Array("[1, 2]".utf8))
            object.key("l")
            object.array { list in
                list.value(nil)
                list.string("x")
                list.object { _ in }
            }
            object.member("s", string: "\u{1F}")
        }
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == #"{"a":1,"r":[1, 2],"l":[null,"x",{}],"s":"\u001f"}"#
        )
    }

    @Test("what JSON cannot express is written as null")
    func unwritable() {
        #expect(
            JSONValue.array([.number(.nan), .number(.infinity), .number(-.infinity)]).text
                == "[null,null,null]"
        )
        #expect(JSONValue.number(1e15).text == "1000000000000000.0" && JSONValue.number(1e17).text == "1e+17")
    }
}
