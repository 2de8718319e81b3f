import RoostJSON
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Asks Python's jsonschema, from the virtual environment the tests' set-up makes.
enum PythonValidator {
    private static let interpreter = SharedData.repository + "/.build/venv/bin/python3"

    static let isPresent: Bool = {
        guard access(interpreter, X_OK) == 0 else { return false }
        return system("'\(interpreter)' -c 'import jsonschema' >/dev/null 2>&1") == 0
    }()

    private static let program = """
        import json, sys
        from jsonschema.validators import validator_for
        for line in open(sys.argv[1]):
            schema, instance = json.loads(line)
            sys.stdout.write("1" if validator_for(schema)(schema).is_valid(instance) else "0")
        """

    /// For every pair whether the instance is valid.
    static func verdicts(on pairs: [(schema: JSONValue, instance: JSONValue)]) throws -> [Bool] {
        var template = Array("/tmp/roost-schema-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        try #require(file >= 0)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        let text = pairs.map { JSONValue.array([$0.schema, $0.instance]).text + "\n" }.joined()
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = write(file, Array(bytes[written...]), bytes.count - written)
            try #require(count > 0)
            written += count
        }
        close(file)
        let pipe = try #require(popen("'\(interpreter)' -c '\(program)' \(path)", "r"))
        var verdicts: [Bool] = []
        while true {
            let byte = getc(pipe)
            if byte < 0 { break }
            verdicts.append(byte == 0x31)
        }
        try #require(pclose(pipe) == 0, "python failed")
        return verdicts
    }
}
