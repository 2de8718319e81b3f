package import Gateway
package import RoostJSON

/// One job of RunPod's queue or job API: what somebody wants done, and who.
package struct Job: Sendable {
    /// Opaque, such as `1450c25b-…-u1`.
    package var id: String
    /// The member `input` as it came.
    ///
    /// Nil: the job had none, which counts as `{}`.
    package var input: JSONView?
    /// All other members, `webhook`, `policy` and `s3Config` among them.
    package var extra: JSONObject
    /// Whose job it is.
    ///
    /// The platform for jobs of its queue, which it authenticated itself; whoever sent the request for those of the job API.
    package var caller: Caller

    package init(id: String, input: JSONView?, extra: JSONObject = [:], caller: Caller) {
        self.id = id
        self.input = input
        self.extra = extra
        self.caller = caller
    }
}
