import PluginRuntime

/// What a call showed.
struct FuzzVerdict: Sendable {
    var code: FindingCode
    var subject: FuzzSubject
    var message: String
    /// The function of a crash; nil when there is none or it is not known.
    var place: String?

    /// True when the plugin had to be started again.
    var endsProcess: Bool { code == .crashedInCall || code == .hungInCall }

    /// Tells one fault from another.
    var key: String { "\(code.code) \(subject.words) \(place ?? "")" }

    var finding: Finding {
        Finding(code, subject.words, place.map { "\(message), in \($0)" } ?? message)
    }
}

extension FuzzCell {
    /// Makes a call and judges it; nil when nothing is wrong.
    func verdict(of call: FuzzCall, _ target: FuzzTarget?) async -> FuzzVerdict? {
        let outcome = await self.call(call)
        if let fault = AnswerRules.fault(
            in: outcome,
            of: call.subject.kind,
            outputSchema: target?.outputSchema
        ) {
            var verdict = FuzzVerdict(code: fault.code, subject: call.subject, message: fault.message)
            if fault.code == .crashedInCall, case .failed(let failure) = outcome {
                verdict.message = Self.words(of: failure)
                verdict.place = await placeOfCrash()
            }
            return verdict
        }
        return misbehaviour(during: call.subject)
    }

    /// Makes calls one after the other; what the first with a fault showed.
    ///
    /// What the host notices only later counts for the last one.
    func verdict(of calls: [FuzzCall]) async -> FuzzVerdict? {
        var targets: [FuzzSubject: FuzzTarget] = [:]
        for target in FuzzTarget.all(of: manifest, seed: 0, isBound: false) {
            targets[target.subject] = target
        }
        for call in calls {
            if let verdict = await verdict(of: call, targets[call.subject]) { return verdict }
        }
        guard let last = calls.last else { return nil }
        for _ in 0..<10 {
            if let verdict = misbehaviour(during: last.subject) { return verdict }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }

    private func misbehaviour(during subject: FuzzSubject) -> FuzzVerdict? {
        takeMisbehaviour().first.map {
            FuzzVerdict(code: .misbehavedInCall, subject: subject, message: Self.withoutNumber($0))
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
