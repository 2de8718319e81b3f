import PluginRuntime

/// What a call showed.
struct FuzzVerdict: Sendable {
    var code: FindingCode
    var tool: String
    var message: String
    /// The function of a crash; nil when there is none or it is not known.
    var place: String?

    /// True when the plugin had to be started again.
    var endsProcess: Bool { code == .crashedInCall || code == .hungInCall }

    /// Tells one fault from another.
    var key: String { "\(code.code) \(tool) \(place ?? "")" }

    var finding: Finding {
        Finding(code, "tool \"\(tool)\"", place.map { "\(message), in \($0)" } ?? message)
    }
}

extension FuzzCell {
    /// Makes a call and judges it; nil when nothing is wrong.
    func verdict(of call: FuzzCall, _ tool: FuzzTool?) async -> FuzzVerdict? {
        let outcome = await self.call(call)
        if let fault = AnswerRules.fault(in: outcome, outputSchema: tool?.outputSchema) {
            var verdict = FuzzVerdict(code: fault.code, tool: call.tool, message: fault.message)
            if fault.code == .crashedInCall, case .failed(let failure) = outcome {
                verdict.message = Self.words(of: failure)
                verdict.place = await placeOfCrash()
            }
            return verdict
        }
        return misbehaviour(during: call.tool)
    }

    /// Makes calls one after the other; what the first with a fault showed.
    ///
    /// What the host notices only later counts for the last one.
    func verdict(of calls: [FuzzCall]) async -> FuzzVerdict? {
        var tools: [String: FuzzTool] = [:]
        for tool in manifest.tools { tools[tool.name] = FuzzTool(tool, seed: 0, isBound: false) }
        for call in calls {
            if let verdict = await verdict(of: call, tools[call.tool]) { return verdict }
        }
        guard let last = calls.last else { return nil }
        for _ in 0..<10 {
            if let verdict = misbehaviour(during: last.tool) { return verdict }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }

    private func misbehaviour(during tool: String) -> FuzzVerdict? {
        takeMisbehaviour().first.map {
            FuzzVerdict(code: .misbehavedInCall, tool: tool, message: Self.withoutNumber($0))
        }
    }

    /// `completed call 258, which …` is the same fault with every number.
    private static func withoutNumber(_ what: String) -> String {
        what.split(separator: " ").map { word in
            word.contains { $0.isNumber } ? String(word.filter { !$0.isNumber }) : String(word)
        }
        .filter { !$0.isEmpty && $0 != "," }.joined(separator: " ")
    }

    /// The signal or the exit code stands in parentheses.
    private static func words(of failure: PluginFailure) -> String {
        guard let start = failure.message.firstIndex(of: "("),
            let end = failure.message[start...].firstIndex(of: ")")
        else {
            return "ended its process"
        }
        return "ended its process \(failure.message[start...end])"
    }
}
