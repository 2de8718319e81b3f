@testable import RunPod

extension QueueSettings {
    /// What RunPod would tell the worker w1 of a queue at an address.
    static func test(
        _ base: String = "http://127.0.0.1:1",
        folder: String = "/nowhere",
        worker: String = "w1",
        heartbeat: String = "100"
    ) throws -> QueueSettings? {
        try QueueSettings(
            environment: [
                "RUNPOD_WEBHOOK_GET_JOB": "\(base)/job-take/$ID?gpu=X",
                "RUNPOD_WEBHOOK_POST_OUTPUT": "\(base)/job-done/$RUNPOD_POD_ID/$ID?gpu=X",
                "RUNPOD_WEBHOOK_POST_STREAM": "\(base)/job-stream/$RUNPOD_POD_ID/$ID?gpu=X",
                "RUNPOD_WEBHOOK_PING": "\(base)/ping/$RUNPOD_POD_ID?gpu=X",
                "RUNPOD_POD_ID": worker, "RUNPOD_AI_API_KEY": "key", "RUNPOD_PING_INTERVAL": heartbeat,
            ],
            folder: folder,
            version: "roost/test"
        )
    }
}
