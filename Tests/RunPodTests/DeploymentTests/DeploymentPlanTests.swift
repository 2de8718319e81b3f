import RoostJSON
import RunPod
import Testing

@Suite("The plan of a deployment")
struct DeploymentPlanTests {
    private func deployment(_ set: (inout Deployment) -> Void = { _ in }) -> Deployment {
        var deployment = Deployment(
            name: "roost",
            image: "example/roost:1",
            kind: .loadBalancer,
            compute: .cpu([("cpu3c", 2)]),
            scaling: .requests(8)
        )
        deployment.environment = [
            ("ROOST_PLUGINS", "memory"), ("KEY", "{{ RUNPOD_SECRET_key }}"), ("PASSWORD", "hunter2"),
        ]
        set(&deployment)
        return deployment
    }

    /// What RunPod would list once a deployment stands.
    private func standing(_ deployment: Deployment) -> (templates: [JSONValue], endpoints: [JSONValue]) {
        var template = deployment.templateBody
        template["id"] = "tpl"
        template["category"] = "NVIDIA"
        var endpoint = deployment.endpointBody(template: "tpl")
        endpoint["templateId"] = JSONValue?.none
        for key in ["image", "args", "disk", "ports", "env", "registry"] {
            endpoint[key] = deployment.templateBody[key]
        }
        endpoint["id"] = "ep"
        endpoint["createdAt"] = "2026-07-28T09:30:00Z"
        return ([.object(template), ["id": "x", "name": "other"]], [.object(endpoint)])
    }

    @Test("makes the template first and the endpoint from it") func create() throws {
        let plan = try DeploymentPlan(
            deployment(),
            templates: [],
            endpoints: [["id": "e", "name": "another"]]
        )
        guard case .createTemplate(let template) = plan.steps[0],
            case .createEndpoint(let endpoint) = plan.steps[1]
        else {
            Issue.record("\(plan.steps)")
            return
        }
        #expect(plan.steps.count == 2 && plan.template == nil && plan.endpoint == nil)
        #expect(template["serverless"] == true && template["env"]?["ROOST_MODE"] == "load-balancer")
        #expect(template["env"]?["PORT_HEALTH"] == "8000" && template["ports"] == ["8000/http"])
        #expect(
            endpoint["type"] == "LOAD_BALANCER" && endpoint["timeout"] == 300_000,
            "omitted, RunPod sets 0"
        )
        #expect(endpoint["flashboot"] == "FLASHBOOT", "omitted, RunPod turns it off")
    }

    @Test("is empty when everything stands as it is to") func nothing() throws {
        for wanted in [
            deployment(),
            deployment {
                $0.kind = .queue; $0.scaling = .queueDelay(4)
            },
        ] {
            let (templates, endpoints) = standing(wanted)
            let plan = try DeploymentPlan(wanted, templates: templates, endpoints: endpoints)
            #expect(plan.steps.isEmpty && "\(plan)".contains("nothing to do"), "\(plan)")
        }
    }

    @Test("sends only the fields that differ, each whole") func change() throws {
        let (templates, endpoints) = standing(deployment())
        let wanted = deployment {
            $0.workers = 1...3
            $0.environment[0].value = "echo"
        }
        let plan = try DeploymentPlan(wanted, templates: templates, endpoints: endpoints)
        guard case .updateTemplate("tpl", let template, _) = plan.steps[0],
            case .updateEndpoint("ep", let endpoint, let differences) = plan.steps[1]
        else {
            Issue.record("\(plan.steps)")
            return
        }
        #expect(
            template.members.map(\.0) == ["env"] && template["env"]?["KEY"] != nil,
            "RunPod replaces the whole map"
        )
        #expect(Set(endpoint.members.map(\.0)) == ["workers", "env"] && endpoint["type"] == nil)
        #expect(endpoint["workers"]?["max"] == 3 && endpoint["workers"]?["min"] == 1)
        #expect(differences.map(\.field) == ["workers.min", "env.ROOST_PLUGINS"])
    }

    @Test("a variable that is not wanted any more is a difference") func variableGone() throws {
        let (templates, endpoints) = standing(deployment())
        let plan = try DeploymentPlan(
            deployment { $0.environment.removeLast() },
            templates: templates,
            endpoints: endpoints
        )
        #expect("\(plan)".contains("env.PASSWORD: a value that is not shown → none"))
    }

    @Test("shows no value of a variable that may be a secret") func secrets() throws {
        let plan = try DeploymentPlan(deployment(), templates: [], endpoints: [])
        #expect(!"\(plan)".contains("hunter2") && "\(plan)".contains("{{ RUNPOD_SECRET_key }}"))
        #expect("\(plan)".contains("env.ROOST_MODE: none → \"load-balancer\""))
    }

    @Test("what RunPod cannot change is a conflict that says what to do") func conflicts() throws {
        let (templates, endpoints) = standing(deployment())
        let queue = deployment { $0.kind = .queue }
        let type = try #require(throws: DeploymentPlan.Conflict.self) {
            try DeploymentPlan(queue, templates: templates, endpoints: endpoints)
        }
        #expect("\(type)".contains("LOAD_BALANCER") && "\(type)".contains("another name"))
        let gpu = deployment { $0.compute = .gpu(pools: ["ADA_24"], count: 1) }
        #expect(throws: DeploymentPlan.Conflict.self) {
            try DeploymentPlan(gpu, templates: templates, endpoints: endpoints)
        }
        let twice = try #require(throws: DeploymentPlan.Conflict.self) {
            try DeploymentPlan(deployment(), templates: templates, endpoints: endpoints + endpoints)
        }
        #expect("\(twice)".contains("found 2: ep, ep"))
    }

    @Test("a queue endpoint that scales by requests sends no idle timeout, which RunPod would refuse")
    func idleTimeout() throws {
        let body = deployment {
            $0.kind = .queue; $0.scaling = .requests(2)
        }.endpointBody(template: "t")
        #expect(body["workers"]?["idleTimeout"] == nil)
        #expect(deployment().endpointBody(template: "t")["workers"]?["idleTimeout"] == 60)
    }
}
