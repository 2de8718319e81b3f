import RoostJSON
import Testing

@Suite("Looking into JSON")
struct JSONViewTests {
    private let document =
        #" {"id":7,"name":"a\tb","list":[1,"two",[3]],"none":null,"yes":true,"in":{"x":{"y":-1.5}}} "#

    @Test("finds members, elements and scalars without decoding the rest")
    func access() throws {
        let root = try JSONDocument(parsing: document).root
        #expect(root.kind == .object && root.count == 6)
        #expect(root["id"]?.integer == 7)
        #expect(root["name"]?.string == "a\tb")
        #expect(root["list"]?.elements.map(\.kind) == [.number, .string, .array])
        #expect(root["none"]?.isNull == true && root["yes"]?.bool == true)
        #expect(root["in"]?["x"]?["y"]?.double == -1.5)
        #expect(root["list"]?["x"] == nil && root["absent"] == nil)
        #expect(root.members.map(\.key) == ["id", "name", "list", "none", "yes", "in"])
        #expect(
            root["id"]?.string == nil && root["name"]?.integer == nil && root["list"]?.members.isEmpty == true
        )
    }

    @Test("gives the very bytes that came")
    func bytes() throws {
        let root = try JSONDocument(parsing: #"{ "a" : [ 1.50 , "\u0061" ] , "b":{} }"#).root
        #expect(String(decoding: root["a"]?.bytes ?? [], as: UTF8.self) == #"[ 1.50 , "\u0061" ]"#)
        #expect(root["a"]?.elements.first?.numberText == "1.50")
    }

    @Test("a key is found however it is written, by its scalars")
    func keys() throws {
        let root = try JSONDocument(parsing: #"{"\u0061b":1,"\u00e9":2}"#).root
        #expect(root["ab"]?.integer == 1)
        #expect(root["\u{E9}"]?.integer == 2)
        #expect(root["e\u{301}"] == nil)
        #expect(root.members.map(\.key).first == "ab")
    }

    @Test(
        "integers are exact or absent",
        arguments: [
            ("42", 42), ("42.0", 42), ("4.2e1", 42), ("-0", 0), ("-0.0", 0),
            ("9223372036854775807", Int64.max),
            ("-9223372036854775808", Int64.min), ("9223372036854775808", nil), ("1.5", nil), ("1e-1", nil),
            ("1e400", nil),
            ("1E3", 1_000), ("1230e-1", 123), ("9007199254740993.0", 9_007_199_254_740_993),
            ("922337203685477580.7e1", Int64.max), ("0e999999999", 0), ("1e999999999999999999999", nil),
            ("-9223372036854775808.0", Int64.min), ("-9223372036854775809.0", nil), ("0.000e-5", 0),
        ] as [(String, Int64?)]
    )
    func integers(_ text: String, _ value: Int64?) throws {
        #expect(try JSONDocument(parsing: text).root.integer == value)
    }

    @Test(
        "escapes are decoded; half a surrogate pair reads as U+FFFD",
        arguments: [
            (#""\u0041\u00e9\u20ac""#, "Aé€"), (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00!""#, "😀!"),
            (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83dx\ude00""#, "\u{FFFD}x\u{FFFD}"),
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0000""#, "\0"),
            (#""\\u0041""#, "\\u0041"),
        ]
    )
    func escapes(_ text: String, _ value: String) throws {
        let view = try JSONDocument(parsing: text).root
        #expect(view.string.map { Array($0.utf8) } == Array(value.utf8))
        #expect(view.equals(value))
        #expect(view.scalarCount == value.unicodeScalars.count)
    }

    @Test("walking visits the same members and elements")
    func walking() throws {
        let root = try JSONDocument(parsing: document).root
        #expect(root.memberViews.map { $0.key.string } == root.members.map(\.key))
        #expect(root.memberViews.map { $0.value.position } == root.members.map(\.value.position))
        #expect(root["list"]?.elementViews.map(\.kind) == [.number, .string, .array])
        #expect(Array(root.elementViews).isEmpty)
    }

    @Test("pointers lead to values and back")
    func pointers() throws {
        let root = try JSONDocument(parsing: #"{"a/b":[0,{"m~n":1,"":{"":2}}],"x":3}"#).root
        for pointer in ["", "/a~1b", "/a~1b/0", "/a~1b/1/m~0n", "/a~1b/1/", "/a~1b/1//", "/x"] {
            let value = try #require(root.value(at: pointer), "\(pointer)")
            #expect(root.pointer(to: value.position) == pointer)
        }
        for pointer in ["a", "/b", "/a~1b/2", "/a~1b/00", "/a~1b/-1", "/x/0", "/a~2b"] {
            #expect(root.value(at: pointer) == nil, "\(pointer)")
        }
        let inner = try #require(root["a/b"])
        #expect(inner.pointer(to: try #require(root["x"]).position) == nil)
        #expect(inner.pointer(to: 0) == nil)
    }
}
