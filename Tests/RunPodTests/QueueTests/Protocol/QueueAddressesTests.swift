import Testing

@testable import RunPod

@Suite("The addresses of a queue")
struct QueueAddressesTests {
    private static let base = "https://api.runpod.ai/v2/ep"

    private static func addresses(query: String = "?gpu=A+B") throws -> QueueAddresses {
        try QueueAddresses(
            environment: [
                "RUNPOD_WEBHOOK_GET_JOB": "\(base)/job-take/$ID\(query)",
                "RUNPOD_WEBHOOK_POST_OUTPUT": "\(base)/job-done/$RUNPOD_POD_ID/$ID\(query)",
                "RUNPOD_WEBHOOK_POST_STREAM": "\(base)/job-stream/$RUNPOD_POD_ID/$ID\(query)",
                "RUNPOD_WEBHOOK_PING": "\(base)/ping/$RUNPOD_POD_ID\(query)",
            ],
            worker: "w1"
        )
    }

    @Test("are filled in and asked with what the platform expects")
    func all() throws {
        let addresses = try Self.addresses()
        let base = Self.base
        #expect(addresses.take(1, isBusy: false) == "\(base)/job-take/w1?gpu=A+B&job_in_progress=0")
        #expect(
            addresses.take(4, isBusy: true)
                == "\(base)/job-take-batch/w1?gpu=A+B&batch_size=4&job_in_progress=1"
        )
        #expect(addresses.stop == "\(base)/job-stop/w1?gpu=A+B")
        #expect(
            addresses.result(of: "j-u1", worker: "w0", isStream: true)
                == "\(base)/job-done/w0/j-u1?gpu=A+B&isStream=true"
        )
        #expect(addresses.chunk(of: "j") == "\(base)/job-stream/w1/j?gpu=A+B&isStream=false")
        #expect(
            addresses.heartbeat([(name: "job_id", value: "a,b")]) == "\(base)/ping/w1?gpu=A+B&job_id=a,b"
        )
    }

    @Test("get a question mark when they have none")
    func noQuery() throws {
        #expect(
            try Self.addresses(query: "").take(1, isBusy: false)
                == "\(Self.base)/job-take/w1?job_in_progress=0"
        )
    }

    @Test("of a shape that RunPod does not use are asked for one job at a time, and for no stops")
    func otherShape() throws {
        let addresses = try QueueAddresses(
            environment: [
                "RUNPOD_WEBHOOK_GET_JOB": "https://a/next?worker=$ID",
                "RUNPOD_WEBHOOK_POST_OUTPUT": "https://a/done/$ID",
            ],
            worker: "w1"
        )
        #expect(addresses.take(4, isBusy: false) == "https://a/next?worker=w1&job_in_progress=0")
        #expect(addresses.stop == nil)
        #expect(addresses.chunk(of: "j") == nil)
        #expect(addresses.heartbeat([]) == nil)
    }

    @Test("ids cannot lead to another address, and unknown names stay")
    func hostile() {
        let template = URLTemplate(text: "https://a/$ID/$RUNPOD_GPU_TYPE_ID/$OTHER/$")
        #expect(
            template.filled(["ID": "../b?c=$OTHER"], environment: ["RUNPOD_GPU_TYPE_ID": "A B"])
                == "https://a/..%2Fb%3Fc%3D%24OTHER/A%20B/$OTHER/$"
        )
    }

    @Test("one that is missing is named")
    func missing() {
        let fault = #expect(throws: QueueSettingsFault.self) {
            try QueueAddresses(environment: ["RUNPOD_WEBHOOK_GET_JOB": "https://a"], worker: "w")
        }
        #expect(fault?.description.contains("RUNPOD_WEBHOOK_POST_OUTPUT") == true)
    }
}
