package import RoostJSON

/// What it takes to show a fault again: a file of JSON that `roost plugin fuzz --replay` reads.
package struct FuzzReproduction: Sendable, Hashable {
    /// Absolute path of the library.
    package var library: String
    package var config: JSONObject = [:]
    /// True when the plugin had all that it asks for.
    package var grantsAll = false
    /// How long a call may take.
    package var deadline: Duration
    /// The code of the fault, for people.
    package var code: String
    /// The calls, in their order; the last one shows the fault.
    package var calls: [FuzzCall]

    private static let format = "roost-fuzz/1"

    package init(library: String, deadline: Duration, code: String, calls: [FuzzCall]) {
        self.library = library
        self.deadline = deadline
        self.code = code
        self.calls = calls
    }

    /// The file's text, for programs and people: one call on a line.
    package var text: String {
        let head: JSONValue = [
            "format": .string(Self.format), "code": .string(code), "library": .string(library),
            "config": .object(config),
            "grant": .bool(grantsAll), "deadlineMs": .integer(deadline.milliseconds),
        ]
        let lines = calls.map { "  " + $0.json.text }.joined(separator: ",\n")
        return "\(head.text.dropLast()),\"calls\":[\n\(lines)\n]}\n"
    }

    /// Why a text is no reproduction, as a sentence.
    package struct Unreadable: Error, CustomStringConvertible {
        package var description: String
    }

    /// Reads a file's text.
    package init(parsing text: String) throws(Unreadable) {
        let value: JSONValue
        do { value = try JSONValue(parsing: text) } catch {
            throw Unreadable(
                description: "expected a file that roost plugin fuzz wrote, found no JSON: \(error)"
            )
        }
        guard value["format"]?.string == Self.format, let library = value["library"]?.string,
            let milliseconds = value["deadlineMs"]?.integer, (1...86_400_000).contains(milliseconds),
            let calls = value["calls"]?.array
        else {
            throw Unreadable(
                description: "expected a file with \"format\":\"\(Self.format)\" that roost plugin fuzz wrote"
            )
        }
        var read: [FuzzCall] = []
        for call in calls {
            guard let call = FuzzCall(call) else {
                let kinds = FuzzSubject.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw Unreadable(
                    description:
                        "expected in each of calls one of \(kinds), and arguments; found \(call.text.prefix(80))"
                )
            }
            read.append(call)
        }
        self.init(
            library: library,
            deadline: .milliseconds(milliseconds),
            code: value["code"]?.string ?? "",
            calls: read
        )
        config = value["config"]?.object ?? [:]
        grantsAll = value["grant"]?.bool ?? false
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
