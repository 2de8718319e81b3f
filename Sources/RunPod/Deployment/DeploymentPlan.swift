package import RoostJSON

/// The steps from what stands at RunPod to what is to stand there.
package struct DeploymentPlan: Sendable, Equatable {
    package enum Step: Sendable, Equatable {
        case createTemplate(JSONObject)
        case updateTemplate(id: String, JSONObject, [FieldDifference])
        /// The body lacks the template's id when that is made first.
        case createEndpoint(JSONObject)
        case updateEndpoint(id: String, JSONObject, [FieldDifference])
    }

    /// Why a deployment cannot become what it is to be.
    package struct Conflict: Error, CustomStringConvertible, Equatable {
        package var description: String
    }

    package let steps: [Step]
    /// The template that stands; nil when it is to be made.
    package let template: String?
    /// The endpoint that stands; nil when it is to be made.
    package let endpoint: String?

    /// `templates` and `endpoints` as RunPod lists them.
    ///
    /// - Throws: ``Conflict`` when the endpoint is of another type, runs on the other kind of processor, or stands twice.
    package init(_ wanted: Deployment, templates: [JSONValue], endpoints: [JSONValue]) throws(Conflict) {
        let template = try Self.only(wanted.name, "templates", templates)
        let endpoint = try Self.only(wanted.name, "endpoints", endpoints)
        self.template = template?["id"]?.string
        self.endpoint = endpoint?["id"]?.string
        var steps: [Step] = []
        if let id = self.template, let actual = template?.object {
            let differences = FieldDifference.between(wanted: wanted.templateBody, actual: actual)
            if !differences.isEmpty {
                steps.append(
                    .updateTemplate(id: id, Self.changed(wanted.templateBody, differences), differences)
                )
            }
        } else {
            steps.append(.createTemplate(wanted.templateBody))
        }
        if let id = self.endpoint, let actual = endpoint?.object {
            try Self.check(wanted, actual)
            // Later edits of a template do not reach the endpoints made from it: the container's settings are compared and
            // sent with the endpoint.
            var whole = wanted.settings
            for (key, value) in wanted.container.members { whole[key] = value }
            let differences = FieldDifference.between(wanted: whole, actual: actual)
            if !differences.isEmpty {
                steps.append(.updateEndpoint(id: id, Self.changed(whole, differences), differences))
            }
        } else {
            steps.append(.createEndpoint(wanted.endpointBody(template: self.template ?? "")))
        }
        self.steps = steps
    }

    private static func only(
        _ name: String,
        _ what: String,
        _ list: [JSONValue]
    ) throws(Conflict) -> JSONValue? {
        let found = list.filter { $0["name"]?.string == name }
        guard found.count <= 1 else {
            let ids = found.compactMap { $0["id"]?.string }.joined(separator: ", ")
            throw Conflict(
                description:
                    "expected one of the \(what) to be named \(name), found \(found.count): \(ids); delete or rename all but one"
            )
        }
        return found.first
    }

    private static func check(_ wanted: Deployment, _ actual: JSONObject) throws(Conflict) {
        let advice = "deploy under another name, or delete the endpoint first"
        if let kind = actual["type"]?.string, kind != wanted.kind.rawValue {
            throw Conflict(
                description:
                    "expected an endpoint of type \(wanted.kind.rawValue), found \(kind); RunPod cannot change it: \(advice)"
            )
        }
        let runsOnCPU = actual["cpu"]?.array?.isEmpty == false
        let wantsCPU = if case .cpu = wanted.compute { true } else { false }
        if runsOnCPU != wantsCPU {
            throw Conflict(
                description:
                    "expected an endpoint on \(wantsCPU ? "CPUs" : "GPUs"), found one on the other; RunPod cannot change it: \(advice)"
            )
        }
    }

    /// The top-level fields in which something differs, each whole: RunPod replaces what it is sent.
    private static func changed(_ wanted: JSONObject, _ differences: [FieldDifference]) -> JSONObject {
        let keys = Set(differences.map { String($0.field.prefix { $0 != "." }) })
        var body: JSONObject = [:]
        for (key, value) in wanted.members where keys.contains(key) { body[key] = value }
        return body
    }
}

extension DeploymentPlan: CustomStringConvertible {
    /// What would be done, for a person.
    package var description: String {
        guard !steps.isEmpty else { return "nothing to do: everything stands as it is to" }
        return steps.map { step in
            switch step {
            case .createTemplate(let body):
                "create template \(body["name"]?.string ?? "")\n" + Self.fields(body)
            case .createEndpoint(let body):
                "create endpoint \(body["name"]?.string ?? "")\n" + Self.fields(body)
            case .updateTemplate(let id, _, let differences):
                "change template \(id)\n" + Self.lines(differences)
            case .updateEndpoint(let id, _, let differences):
                "change endpoint \(id)\n" + Self.lines(differences)
            }
        }
        .joined(separator: "\n")
    }

    private static func lines(_ differences: [FieldDifference]) -> String {
        differences.map { "    \($0)" }.joined(separator: "\n")
    }

    private static func fields(_ body: JSONObject) -> String {
        lines(
            FieldDifference.between(wanted: body, actual: [:]).flatMap { difference in
                guard difference.field == "env", let variables = difference.to.object else {
                    return [difference]
                }
                return variables.members.map { FieldDifference(field: "env." + $0.0, from: nil, to: $0.1) }
            }
        )
    }
}
