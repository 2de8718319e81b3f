import MCP
import RoostJSON
import Testing

@Suite("JSON Schema, keyword by keyword")
struct SchemaKeywordTests {
    /// A schema with values that fit it and values that do not.
    struct Row: Sendable, CustomTestStringConvertible {
        let schema: String
        let valid: [String]
        let invalid: [String]

        init(_ schema: String, valid: [String] = [], invalid: [String] = []) {
            (self.schema, self.valid, self.invalid) = (schema, valid, invalid)
        }

        var testDescription: String { schema }
    }

    @Test(
        "accepts what fits and refuses what does not",
        arguments: anyValue + numbers + strings + objects + arrays
    )
    func assertions(_ row: Row) throws { try check(row) }

    @Test("combines schemas", arguments: combinations + references + unevaluated)
    func applicators(_ row: Row) throws { try check(row) }

    @Test("reads draft-07 where $schema names it", arguments: draft07)
    func oldDialect(_ row: Row) throws {
        let schema = row.schema.dropFirst()
        try check(
            Row(
                #"{"$schema":"http://json-schema.org/draft-07/schema#","# + schema,
                valid: row.valid,
                invalid: row.invalid
            )
        )
    }

    private func check(_ row: Row) throws {
        let schema = try JSONSchema(compiling: JSONDocument(parsing: row.schema).root, assertsFormats: true)
        for text in row.valid {
            #expect(
                schema.validate(try JSONDocument(parsing: text).root) == [],
                "\(text) against \(row.schema)"
            )
        }
        for text in row.invalid {
            #expect(
                !schema.validate(try JSONDocument(parsing: text).root).isEmpty,
                "\(text) against \(row.schema)"
            )
        }
    }

    static let anyValue = [
        Row("true", valid: ["1", "null", "{}"]),
        Row("false", invalid: ["1", "null", "{}"]),
        Row("{}", valid: ["1", "[]"]),
        Row(
            #"{"type":"integer"}"#,
            valid: ["42", "42.0", "4.2e1", "-0"],
            invalid: ["42.5", #""42""#, "true", "null"]
        ),
        Row(#"{"type":"integer"}"#, valid: ["123456789012345678901234567890", "1e300"], invalid: ["1e-300"]),
        Row(#"{"type":"number"}"#, valid: ["1", "1.5"], invalid: [#""1""#]),
        Row(#"{"type":["string","null"]}"#, valid: [#""a""#, "null"], invalid: ["1", "[]"]),
        Row(#"{"type":"boolean"}"#, valid: ["true", "false"], invalid: ["0", "null"]),
        Row(
            #"{"enum":[1,"a",[1,{"b":2}],null]}"#,
            valid: ["1", "1.0", #""a""#, #"[1.0,{"b":2}]"#, "null"],
            invalid: ["2", "true", "[]"]
        ),
        Row(#"{"const":{"a":[1,2]}}"#, valid: [#"{"a":[1,2]}"#], invalid: [#"{"a":[2,1]}"#, "{}"]),
        Row(#"{"const":"é"}"#, valid: [#""\u00e9""#], invalid: [#""e\u0301""#]),
        Row(#"{"const":false}"#, valid: ["false"], invalid: ["0"]),
        Row(#"{"const":0}"#, valid: ["0", "0.0", "-0"], invalid: ["false"]),
    ]

    static let numbers = [
        Row(#"{"minimum":1.5}"#, valid: ["1.5", "2", #""x""#], invalid: ["1", "-3"]),
        Row(#"{"maximum":10}"#, valid: ["10", "10.0", "-3"], invalid: ["12", "10.0001"]),
        Row(#"{"exclusiveMinimum":0}"#, valid: ["0.001"], invalid: ["0", "-1"]),
        Row(
            #"{"exclusiveMaximum":9007199254740993}"#,
            valid: ["9007199254740992"],
            invalid: ["9007199254740993"]
        ),
        Row(#"{"multipleOf":0.01}"#, valid: ["19.99", "0.07", "0"], invalid: ["0.075", "0.001"]),
        Row(#"{"multipleOf":2}"#, valid: ["4", "-2", "4.0"], invalid: ["3", "2.5"]),
        Row(#"{"multipleOf":0.0001}"#, valid: ["0.0075"], invalid: ["0.00751"]),
    ]

    static let strings = [
        Row(#"{"minLength":2}"#, valid: [#""ab""#, "1"], invalid: [#""a""#, #""😀""#]),
        Row(#"{"maxLength":1}"#, valid: [#""😀""#, #""\ud83d\ude00""#], invalid: [#""e\u0301""#]),
        Row(#"{"pattern":"^a+$"}"#, valid: [#""aaa""#, "7"], invalid: [#""ab""#, #""aa\n""#]),
        Row(#"{"pattern":"b"}"#, valid: [#""abc""#], invalid: [#""ac""#]),
        Row(#"{"pattern":"^\\d{3}-\\w+$"}"#, valid: [#""123-ab""#], invalid: [#""١٢٣-ab""#, #""123-é""#]),
        Row(#"{"pattern":"^[a-z[&&]]$"}"#, valid: [#""a]""#, #""&]""#], invalid: [#""a""#]),
        Row(#"{"pattern":"^(?:a|b)(?=c)."}"#, valid: [#""ac""#], invalid: [#""ad""#]),
        Row(#"{"pattern":"^\\p{Lu}"}"#, valid: [#""Åa""#], invalid: [#""åa""#]),
        Row(#"{"pattern":"^\\u0061\\x62\\cJ\\/$"}"#, valid: [#""ab\n/""#]),
        Row(#"{"pattern":"^.$"}"#, valid: [#""😀""#], invalid: [#""\n""#, #""e\u0301""#]),
        Row(#"{"pattern":"^[^]$"}"#, valid: [#""\n""#]),
        Row(#"{"pattern":"[]"}"#, invalid: [#""a""#]),
        Row(#"{"pattern":"^\\s\\S$"}"#, valid: [#""\u00a0x""#, #""\ufeffx""#], invalid: [#""xx""#]),
        Row(
            #"{"format":"email"}"#,
            valid: [#""a.b@c.de""#, "1"],
            invalid: [#""a""#, #""a@""#, #""a..b@c""#]
        ),
        Row(
            #"{"format":"uri"}"#,
            valid: [#""https://a.b/c?d#e""#, #""urn:x""#],
            invalid: [#""/a""#, #""http://a b""#]
        ),
        Row(#"{"format":"date"}"#, valid: [#""2024-02-29""#], invalid: [#""2023-02-29""#, #""2024-2-9""#]),
        Row(
            #"{"format":"date-time"}"#,
            valid: [#""2024-02-29T12:00:00.5+01:00""#, #""1998-12-31T23:59:60Z""#],
            invalid: [#""2024-02-29""#, #""2024-02-29T24:00:00Z""#, #""1998-12-31T22:59:60Z""#]
        ),
        Row(
            #"{"format":"uuid"}"#,
            valid: [#""2eb8aa08-aa98-11ea-b4aa-73b441d16380""#],
            invalid: [#""2eb8aa08""#]
        ),
        Row(#"{"format":"ipv4"}"#, valid: [#""127.0.0.1""#], invalid: [#""127.0.0.256""#, #""127.0.01.1""#]),
        Row(
            #"{"format":"ipv6"}"#,
            valid: [#""::""#, #""::1""#, #""1::""#, #""1:2:3:4:5:6:7:8""#, #""::ffff:1.2.3.4""#],
            invalid: [#"":1""#, #""1:2:3:4:5:6:7""#, #""1::2::3""#, #""12345::""#, #""1:2:3:4:5:6:7:8:9""#]
        ),
        Row(#"{"format":"colour"}"#, valid: [#""anything""#]),
    ]

    static let objects = [
        Row(
            #"{"properties":{"a":{"type":"integer"}}}"#,
            valid: ["{}", #"{"a":1,"b":"x"}"#, "[]"],
            invalid: [#"{"a":"x"}"#]
        ),
        Row(
            #"{"properties":{"a":true},"additionalProperties":false}"#,
            valid: [#"{"a":1}"#, #"{"\u0061":1}"#],
            invalid: [#"{"b":1}"#]
        ),
        Row(
            #"{"properties":{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"é":false}}"#
                .replacing(":1", with: ":true"),
            valid: [#"{"e\u0301":1,"a":1}"#],
            invalid: [#"{"\u00e9":1}"#]
        ),
        Row(
            #"{"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":{"type":"integer"}}"#,
            valid: [#"{"x-a":"b","c":1}"#],
            invalid: [#"{"x-a":1}"#, #"{"c":"d"}"#]
        ),
        Row(#"{"propertyNames":{"maxLength":2}}"#, valid: [#"{"ab":1}"#], invalid: [#"{"abc":1}"#]),
        Row(#"{"required":["a","b"]}"#, valid: [#"{"b":1,"a":null}"#, "7"], invalid: ["{}", #"{"a":1}"#]),
        Row(
            #"{"minProperties":1,"maxProperties":2}"#,
            valid: [#"{"a":1}"#],
            invalid: ["{}", #"{"a":1,"b":2,"c":3}"#]
        ),
        Row(#"{"dependentRequired":{"a":["b"]}}"#, valid: ["{}", #"{"a":1,"b":2}"#], invalid: [#"{"a":1}"#]),
        Row(
            #"{"dependentSchemas":{"a":{"required":["b"]}}}"#,
            valid: ["{}", #"{"a":1,"b":2}"#],
            invalid: [#"{"a":1}"#]
        ),
        Row(#"{"dependencies":{"a":["b"]}}"#, valid: [#"{"a":1}"#]),
    ]

    static let arrays = [
        Row(#"{"items":{"type":"integer"}}"#, valid: ["[]", "[1,2]", "{}"], invalid: [#"[1,"a"]"#]),
        Row(
            #"{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}"#,
            valid: [#"[1,"a"]"#, "[]"],
            invalid: [#"["a"]"#, "[1,2]"]
        ),
        Row(#"{"prefixItems":[true],"items":false}"#, valid: ["[1]", "[]"], invalid: ["[1,2]"]),
        Row(#"{"contains":{"const":1}}"#, valid: ["[2,1]"], invalid: ["[]", "[2]"]),
        Row(
            #"{"contains":{"const":1},"minContains":2,"maxContains":3}"#,
            valid: ["[1,1]"],
            invalid: ["[1]", "[1,1,1,1]"]
        ),
        Row(#"{"contains":{"const":1},"minContains":0}"#, valid: ["[]"]),
        Row(#"{"minItems":1,"maxItems":2}"#, valid: ["[1]"], invalid: ["[]", "[1,2,3]"]),
        Row(
            #"{"uniqueItems":true}"#,
            valid: ["[1,true]", "[0,false]", #"[{"a":1},{"a":2}]"#],
            invalid: ["[1,1.0]", #"[{"a":1,"b":2},{"b":2,"a":1}]"#, #"["a","\u0061"]"#]
        ),
    ]

    static let combinations = [
        Row(#"{"allOf":[{"minimum":1},{"maximum":3}]}"#, valid: ["2"], invalid: ["0", "4"]),
        Row(#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, valid: [#""a""#, "3"], invalid: ["2"]),
        Row(#"{"oneOf":[{"multipleOf":2},{"multipleOf":3}]}"#, valid: ["2", "3"], invalid: ["6", "5"]),
        Row(#"{"not":{"type":"string"}}"#, valid: ["1"], invalid: [#""a""#]),
        Row(
            #"{"if":{"properties":{"k":{"const":1}},"required":["k"]},"then":{"required":["a"]},"else":{"required":["b"]}}"#,
            valid: [#"{"k":1,"a":0}"#, #"{"b":0}"#],
            invalid: [#"{"k":1,"b":0}"#, #"{"a":0}"#]
        ),
        Row(#"{"then":false}"#, valid: ["1"]),
    ]

    static let references = [
        Row(
            ##"{"$ref":"#/$defs/node","$defs":{"node":{"properties":{"next":{"$ref":"#/$defs/node"},"v":{"type":"integer"}}}}}"##,
            valid: [#"{"next":{"next":{"v":1}}}"#],
            invalid: [#"{"next":{"next":{"v":"x"}}}"#]
        ),
        Row(
            ##"{"$ref":"#/$defs/a~1b%25","maximum":5,"$defs":{"a/b%":{"minimum":1}}}"##,
            valid: ["3"],
            invalid: ["0", "6"]
        ),
        Row(##"{"$ref":"#x","$defs":{"a":{"$anchor":"x","type":"null"}}}"##, valid: ["null"], invalid: ["1"]),
        Row(
            ##"{"$id":"https://e.x/a/root","$ref":"b/item#p","$defs":{"i":{"$id":"b/item","$defs":{"q":{"$anchor":"p","type":"null"}}}}}"##,
            valid: ["null"],
            invalid: ["1"]
        ),
        Row(
            ##"{"$id":"https://e.x/root","$ref":"item","$defs":{"i":{"$id":"/item","$ref":"#/$defs/q","$defs":{"q":{"type":"null"}}}}}"##,
            valid: ["null"],
            invalid: ["1"]
        ),
        Row(##"{"$ref":"#/odd/place","odd":{"place":{"type":"null"}}}"##, valid: ["null"], invalid: ["1"]),
        Row(
            #"""
            {"$id":"https://e.x/strict","$ref":"tree","$dynamicAnchor":"node","unevaluatedProperties":false,"$defs":{"t":{
            "$id":"tree","$dynamicAnchor":"node","properties":{"data":true,"children":{"items":{"$dynamicRef":"#node"}}}}}}
            """#,
            valid: [#"{"children":[{"data":1}]}"#],
            invalid: [#"{"children":[{"daat":1}]}"#, #"{"x":1}"#]
        ),
    ]

    static let unevaluated = [
        Row(
            #"{"allOf":[{"properties":{"a":true}}],"anyOf":[{"properties":{"b":{"const":1}},"required":["b"]},true],"unevaluatedProperties":false}"#,
            valid: [#"{"a":1}"#, #"{"a":1,"b":1}"#],
            invalid: [#"{"b":2}"#, #"{"c":1}"#]
        ),
        Row(
            #"{"prefixItems":[true],"contains":{"const":1},"unevaluatedItems":{"type":"string"}}"#,
            valid: [#"[0,1,"a",1]"#],
            invalid: [#"[0,1,2]"#]
        ),
        Row(
            #"{"if":{"required":["k"],"properties":{"k":true}},"then":{"properties":{"a":true}},"unevaluatedProperties":false}"#,
            valid: [#"{"k":1,"a":2}"#],
            invalid: [#"{"a":2}"#]
        ),
        Row(
            #"{"not":{"properties":{"a":true},"required":["z"]},"unevaluatedProperties":false}"#,
            invalid: [#"{"a":1}"#]
        ),
    ]

    static let draft07 = [
        Row(
            #"{"items":[{"type":"integer"}],"additionalItems":{"type":"string"}}"#,
            valid: [#"[1,"a"]"#],
            invalid: ["[1,2]"]
        ),
        Row(#"{"items":{"type":"integer"},"additionalItems":false}"#, valid: ["[1,2]"], invalid: [#"["a"]"#]),
        Row(
            #"{"dependencies":{"a":["b"],"c":{"required":["d"]}}}"#,
            valid: [#"{"a":1,"b":1}"#],
            invalid: [#"{"a":1}"#, #"{"c":1}"#]
        ),
        Row(
            ##"{"definitions":{"n":{"minimum":1}},"properties":{"a":{"$ref":"#/definitions/n","maximum":0}}}"##,
            valid: [##"{"a":5}"##],
            invalid: [##"{"a":0}"##]
        ),
        Row(
            ##"{"definitions":{"n":{"$id":"#here","minimum":1}},"properties":{"a":{"$ref":"#here"}}}"##,
            valid: [##"{"a":5}"##],
            invalid: [##"{"a":0}"##]
        ),
        Row(
            #"{"prefixItems":[false],"dependentRequired":{"a":["b"]},"unevaluatedProperties":false}"#,
            valid: ["[1]", #"{"a":1}"#]
        ),
        Row(#"{"contains":{"const":1},"minContains":2}"#, valid: ["[1]"], invalid: ["[2]"]),
    ]
}
