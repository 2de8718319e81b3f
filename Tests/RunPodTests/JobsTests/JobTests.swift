import Gateway
import RoostJSON
import RunPod
import Testing

@Suite("A job")
struct JobTests {
    @Test("Keeps what it does not know")
    func extra() {
        let job = Job(id: "a", input: nil, extra: ["webhook": "https://example.com"], caller: .local)
        #expect(job.extra["webhook"] == "https://example.com")
    }
}
