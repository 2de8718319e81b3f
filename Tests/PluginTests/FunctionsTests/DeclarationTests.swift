import FunctionDeclarations
import RoostJSON
import Testing

@Suite("Declarations of C functions")
struct DeclarationTests {
    private func read(_ types: JSONValue?, _ functions: JSONValue) -> (LibraryDeclaration, [String]) {
        var reader = DeclarationReader()
        let declaration = reader.read(types: types, functions: functions)
        return (declaration, reader.faults.map(\.description))
    }

    private func faults(
        _ arguments: JSONValue,
        returns: JSONValue = "int",
        status: JSONValue? = nil
    ) -> [String] {
        var function: JSONObject = ["symbol": "f", "arguments": arguments, "returns": returns]
        function["status"] = status
        let types: JSONValue = [
            "pair": ["struct": [["name": "a", "type": "int"], ["name": "b", "type": "double"]]],
            "thing": ["handle": ["release": "drop"]],
        ]
        return read(types, ["f": .object(function)]).1
    }

    @Test("structs are laid out as the C compiler does")
    func layout() throws {
        let structure = Structure(
            name: "s",
            fields: [
                ("a", .scalar(.char)), ("b", .scalar(.int)), ("c", .array(.scalar(.short), count: 3)),
                ("d", .scalar(.longdouble)), ("e", .scalar(.bool)),
            ]
        )
        #expect(structure.fields.map(\.offset) == [0, 4, 8, 16, 32])
        #expect(structure.size == 48 && structure.alignment == 16)
    }

    @Test(
        "limits of every integer type",
        arguments: [
            (Scalar.schar, "-128", "127"), (.uchar, "0", "255"), (.short, "-32768", "32767"),
            (.uint, "0", "4294967295"), (.long, "-9223372036854775808", "9223372036854775807"),
            (.size, "0", "18446744073709551615"),
        ]
    )
    func limits(_ scalar: Scalar, _ least: String, _ greatest: String) {
        #expect("\(scalar.minimum)" == least && "\(scalar.maximum)" == greatest)
        #expect(scalar.value(of: .string(least)) != nil && scalar.value(of: .string(greatest)) != nil)
        #expect(scalar.value(of: .string(least + "0")) == nil || least == "0")
        #expect(scalar.value(of: .string(greatest + "0")) == nil)
        #expect(scalar.value(of: 0.5) == nil && scalar.value(of: true) == nil)
    }

    @Test("schemas: what callers give, and what answers hold")
    func schemas() throws {
        let (declaration, faults) = read(
            nil,
            [
                "crc32": [
                    "description": "CRC-32 of some bytes", "symbol": "crc32",
                    "arguments": [
                        ["name": "start", "type": "ulong", "value": 0], ["name": "data", "type": "bytes"],
                        ["name": "length", "type": "uint", "of": "data"],
                    ], "returns": "ulong",
                ]
            ]
        )
        #expect(faults == [])
        let function = try #require(declaration.functions.first)
        let schema = FunctionSchema(function)
        #expect(
            schema.input == [
                "type": "object",
                "properties": ["data": ["type": "string", "contentEncoding": "base64"]],
                "required": ["data"], "additionalProperties": false,
            ]
        )
        #expect(
            schema.output["properties"]?["result"] == [
                "type": ["integer", "string"], "minimum": 0, "maximum": 9_007_199_254_740_991,
                "pattern": "^[0-9]{1,20}$",
            ]
        )
        #expect(declaration.symbols.map(\.name) == ["crc32"])
    }

    @Test("what can be seen to be wrong is named with the way to it")
    func faults() {
        let path = "functions.f.arguments[0]"
        #expect(
            faults([["name": "a", "type": "integer"]]).first?.hasPrefix(
                "\(path).type: expected a type: bool, char"
            ) == true
        )
        #expect(
            faults([["name": "n", "type": "int", "of": "data"]])
                == ["\(path).of: expected the name of an argument with a length, found \"data\""]
        )
        #expect(
            faults([["name": "n", "type": "double", "of": "b"], ["name": "b", "type": "bytes"]])
                == ["\(path).type: expected an integer type for a length, found another type"]
        )
        #expect(
            faults([["name": "b", "type": "bytes", "direction": "out"]])
                == [
                    "\(path): expected the key \"capacity\", or an argument with direction out and of: b, found neither"
                ]
        )
        #expect(
            faults([["name": "v", "type": "uchar", "value": 256]]).first?.hasPrefix(
                "\(path).value: expected a value"
            ) == true
        )
        #expect(
            faults([["name": "h", "type": "thing", "direction": "inout"]]).first?.contains(
                "in or out for a handle"
            ) == true
        )
        #expect(
            faults([["name": "x", "type": "int"], ["name": "x", "type": "int"]]).first?.contains(
                "found \"x\" again"
            ) == true
        )
        #expect(
            faults([["name": "x", "type": "int", "kind": 1]]).first?.contains(
                "\(path).kind: expected one of the keys name, type"
            ) == true
        )
        #expect(
            faults([["name": "x", "type": "thing[]"]]).first?.contains("expected an array of numbers") == true
        )
        #expect(
            faults([["name": "x", "type": "int", "optional": true]]).first?.contains("write a default")
                == true
        )
        #expect(
            faults([], returns: "pair", status: "zero").first?.contains("returns with an integer type")
                == true
        )
        #expect(
            faults([], returns: "double", status: "errno").first?.contains("errno_set looks only at errno")
                == true
        )
        #expect(faults([], returns: "bytes").first?.contains("of: result") == true)
        #expect(faults([], status: "perhaps").first?.contains("zero, errno, errno_set") == true)
        #expect(read(nil, [:]).1 == ["functions: expected at least one function, found none"])
        #expect(read(nil, ["a b": ["symbol": "f"]]).1.first?.contains("a tool's name") == true)
        #expect(read(nil, ["f": [:]]).1.first?.contains("the key \"symbol\"") == true)
        #expect(read(["int": ["enum": [:]]], ["f": ["symbol": "f"]]).1.first?.contains("no C type's") == true)
        #expect(read(["t": ["handle": [:]]], ["f": ["symbol": "f"]]).1.first?.contains("\"release\"") == true)
        #expect(
            read(["t": ["struct": [["name": "a", "type": "bytes"]]]], ["f": ["symbol": "f"]]).1.first?
                .contains("types.t.struct[0].type") == true
        )
    }
}
