import RoostJSON

/// One validation: walks the program and the value together and collects what does not fit.
///
/// Inside `anyOf`, `not` and the like it only probes: the first failure ends the probe and nothing is collected. The path
/// of a violation is found afterwards from the value's place in the document, so that a valid value pays nothing for it.
struct SchemaValidator {
    let program: SchemaProgram
    let root: JSONView
    let limits: SchemaLimits
    /// What the validated value is called in messages.
    let name: String
    private(set) var violations: [SchemaViolation] = []
    private var isProbing = false
    private var steps: Int
    private var depth = 0
    /// The schema resources entered, outermost first; kept only for programs with `$dynamicRef`.
    private var scope: [Int] = []
    /// Set once the budget is spent: everything fails from there on, and the result says so.
    private(set) var isExhausted = false

    init(program: SchemaProgram, root: JSONView, limits: SchemaLimits, name: String) {
        self.name = name
        self.program = program
        self.root = root
        self.limits = limits
        steps = limits.steps
    }

    mutating func run() -> [SchemaViolation] {
        var evaluated = EvaluatedParts()
        let isValid = evaluate(program.entry, root, &evaluated)
        return isValid && !isExhausted ? [] : violations
    }

    /// True when nothing more can change the result.
    private var isDone: Bool { isExhausted || violations.count >= limits.violations }

    /// True when a failure need not be followed by a look at the rest.
    var mayStop: Bool { isProbing || isDone }

    /// True for the schema `false`, whose violations are better told by the keyword that holds it.
    func isFalse(_ number: Int) -> Bool {
        if case .never? = program.nodes[number].rules.first { true } else { false }
    }

    /// Calls `check` for every element, and stops early once a failure decides.
    mutating func all<S: Sequence>(_ sequence: S, _ check: (inout SchemaValidator, S.Element) -> Bool) -> Bool
    {
        var isValid = true
        for element in sequence where !check(&self, element) {
            isValid = false
            if mayStop { break }
        }
        return isValid
    }

    // MARK: Nodes

    mutating func evaluate(_ number: Int, _ view: JSONView, _ evaluated: inout EvaluatedParts) -> Bool {
        let node = program.nodes[number]
        if node.rules.isEmpty { return true }
        guard spend(1), depth < limits.depth else { return exhaust(view, node) }
        depth += 1
        let isNewResource = !program.dynamicAnchors.isEmpty && scope.last != node.resource
        if isNewResource { scope.append(node.resource) }
        var isValid = true
        for rule in node.rules where !evaluate(rule, node, view, &evaluated) {
            isValid = false
            if mayStop { break }
        }
        if isNewResource { scope.removeLast() }
        depth -= 1
        return isValid
    }

    /// Evaluates without collecting anything.
    mutating func probe(_ number: Int, _ view: JSONView, _ evaluated: inout EvaluatedParts) -> Bool {
        let before = isProbing
        isProbing = true
        defer { isProbing = before }
        return evaluate(number, view, &evaluated)
    }

    /// Evaluates a subschema on the same value; what it evaluated counts only when the value is valid.
    mutating func apply(
        _ number: Int,
        _ view: JSONView,
        _ evaluated: inout EvaluatedParts,
        probing: Bool = false
    ) -> Bool {
        guard program.tracksEvaluation else {
            return probing ? probe(number, view, &evaluated) : evaluate(number, view, &evaluated)
        }
        var parts = EvaluatedParts()
        let isValid = probing ? probe(number, view, &parts) : evaluate(number, view, &parts)
        if isValid { evaluated.merge(parts) }
        return isValid
    }

    /// Evaluates a subschema on a member or element.
    mutating func descend(_ number: Int, _ view: JSONView) -> Bool {
        var parts = EvaluatedParts()
        return evaluate(number, view, &parts)
    }

    /// The node `$dynamicRef` means here: the outermost resource in scope with that anchor decides.
    func dynamicTarget(_ name: String, fallback: Int) -> Int {
        for resource in scope { if let node = program.dynamicAnchors[resource][name] { return node } }
        return fallback
    }

    /// The first violation a subschema finds, for the message of a combination.
    func explanation(_ number: Int, _ view: JSONView) -> String? {
        var other = self
        other.violations = []
        other.isProbing = false
        other.steps = min(steps, 10_000)
        var parts = EvaluatedParts()
        _ = other.evaluate(number, view, &parts)
        return other.isExhausted ? nil : other.violations.first?.message
    }

    // MARK: Budget

    /// Pays for work; false when nothing is left.
    mutating func spend(_ count: Int) -> Bool {
        steps -= count
        return steps >= 0 && !isExhausted
    }

    /// True when the pattern matches the string; nil when the budget does not suffice for an answer.
    mutating func match(_ pattern: ECMAPattern, _ view: JSONView) -> Bool? {
        guard !isExhausted else { return nil }
        var budget = steps
        let isMatch = pattern.matches(view.string ?? "", budget: &budget)
        steps = isMatch == nil ? -1 : budget
        return isMatch
    }

    mutating func exhaust(_ view: JSONView, _ node: SchemaNode) -> Bool {
        guard !isExhausted else { return false }
        isExhausted = true
        let limit =
            steps < 0
            ? "takes more than the \(limits.steps) steps a validation may take"
            : "nests more than the \(limits.depth) subschemas a validation may nest"
        let path = root.pointer(to: view.position) ?? ""
        violations.append(
            SchemaViolation(
                instancePath: path,
                keyword: "",
                schemaPath: node.location,
                message: "\(subject(path)) cannot be validated: it \(limit)"
            )
        )
        return false
    }

    // MARK: Reporting

    private func subject(_ path: String) -> String { path.isEmpty ? name : path }

    /// Notes a violation unless probing; always false.
    mutating func fail(
        _ view: JSONView,
        _ node: SchemaNode,
        _ keyword: String,
        _ sentence: @autoclosure () -> String
    ) -> Bool {
        if mayStop { return false }
        let path = root.pointer(to: view.position) ?? ""
        violations.append(
            SchemaViolation(
                instancePath: path,
                keyword: keyword,
                schemaPath: "\(node.location)/\(keyword)",
                message: "\(subject(path)) \(sentence())"
            )
        )
        return false
    }
}
