import RoostJSON

/// The calls of one file in a project's calls folder, in order: tests of a plugin in any language.
///
/// The file is an array of objects; Documentation/Guide/Testing.md says what may stand in them.
package struct CallScript: Sendable {
    package let calls: [ScriptedCall]

    /// Why a file is no script.
    package struct Fault: Error, CustomStringConvertible {
        package var description: String
    }

    /// Reads a file; `name` is what faults call it.
    ///
    /// - Throws: ``Fault`` with the place of what is wrong, what was expected, and what was found.
    package init(parsing bytes: [UInt8], name: String) throws(Fault) {
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: bytes) } catch {
            throw Fault(description: "\(name) is not valid JSON: \(error)")
        }
        guard let elements = value.array, !elements.isEmpty else {
            throw Fault(description: "\(name): expected an array with at least one call, found \(value.kind)")
        }
        var calls: [ScriptedCall] = []
        for (place, element) in elements.enumerated() {
            do throws(Fault) { calls.append(try ScriptedCall(element)) } catch {
                throw Fault(description: "\(name): call \(place + 1): \(error)")
            }
        }
        self.calls = calls
    }
}
