import RoostJSON

/// Everything that is kept of a cell that ended as it should not have.
struct CrashReport: Sendable {
    var time: Timestamp
    var death: CellDeath
    /// The process that ended.
    var process: Int32
    /// What the cell wrote down, with names of functions.
    var fault: FaultRecord
    var calls: [StrickenCall]
    /// The last lines the cell printed.
    var output: [String]

    /// For programs.
    var json: JSONValue {
        var object: JSONObject = [
            "time": .string("\(time)"), "reason": .string(death.reason),
            "plugins": .array(death.members.map { .string($0) }),
            "culprit": death.culprit.map { .string($0) } ?? .null, "process": .integer(Int64(process)),
        ]
        if let fault = fault.fault {
            object["signal"] = [
                "name": .string(Self.name(of: fault.signal)), "number": .integer(Int64(fault.signal)),
                "code": .integer(Int64(fault.code)), "address": .string(hexadecimal(fault.address)),
            ]
            object["faultingThread"] = Self.json(fault.stack)
        }
        if !fault.samples.isEmpty { object["threads"] = .array(fault.samples.map(Self.json)) }
        object["calls"] = .array(calls.map(\.json))
        object["output"] = .array(output.map { .string($0) })
        return .object(object)
    }

    /// For people.
    var text: String {
        var lines = ["\(time)  process \(process)  \(death.members.joined(separator: ", "))", death.reason]
        if let culprit = death.culprit { lines.append("in plugin \(culprit)") }
        if let fault = fault.fault {
            let place = fault.code > 0 ? " at address \(hexadecimal(fault.address))" : ", sent to the process"
            lines += ["", "\(Self.name(of: fault.signal))\(place), thread \(fault.stack.thread):"]
            lines += fault.stack.lines
        } else if fault.samples.isEmpty {
            lines += [
                "", "No stack: the process was ended from outside, left by itself, or had no stack left.",
            ]
        }
        for stack in fault.samples {
            lines += ["", "thread \(stack.thread) \(stack.name):"] + stack.lines
        }
        lines += ["", calls.isEmpty ? "No calls in flight." : "Calls in flight:"]
        for call in calls {
            lines.append(
                "  \(call.plugin)  \(call.method) \(call.target)  for \(call.age)  \(call.arguments.text)"
            )
        }
        if !output.isEmpty { lines += ["", "It printed last:"] + output.map { "  \($0)" } }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func json(_ stack: ThreadStack) -> JSONValue {
        [
            "thread": .integer(Int64(stack.thread)), "name": .string(stack.name),
            "frames": .array(
                stack.frames.map { frame in
                    [
                        "address": .string(hexadecimal(frame.address)),
                        "module": frame.module.map { .string($0.isEmpty ? "roost" : $0) } ?? .null,
                        "symbol": frame.symbol.map { .string($0) } ?? .null,
                        "offset": .string(hexadecimal(frame.offset)),
                    ]
                }
            ),
        ]
    }

    private static func name(of signal: Int32) -> String { "\(CellProcess.Exit.signal(signal))" }
}
