import ObjectStoreTesting
import OutboundHTTP
import Testing

@testable import RunPod

@Suite("Long answers are kept elsewhere")
struct AnswerStoreTests {
    private static let answer = Array("{\"a\":1}".utf8)

    @Test("a file on the volume holds the answer, under a name that leads nowhere else")
    func volume() async throws {
        try await TestFolder.with { folder in
            let store = VolumeAnswers(folder: folder + "/answers")
            let kept = try await store.keep(Self.answer, for: "job-1", mediaType: "application/json")
            #expect(kept.uri == "file://\(folder)/answers/job-1.json")
            #expect(kept.bytes == Self.answer.count)
            #expect(TestFolder.read(folder + "/answers/job-1.json") == Self.answer)
            let hostile = try await store.keep(Self.answer, for: "../../etc/x", mediaType: "application/json")
            #expect(hostile.uri.hasPrefix("file://\(folder)/answers/"))
            #expect(!hostile.uri.contains(".."))
        }
    }

    @Test("a volume that cannot be written says so with its path")
    func noVolume() async throws {
        let store = VolumeAnswers(folder: "/proc/nowhere")
        let fault = await #expect(throws: AnswerStoreFault.self) {
            _ = try await store.keep(Self.answer, for: "job-1", mediaType: "application/json")
        }
        #expect(fault?.description.contains("/proc/nowhere/job-1.json could not be written") == true)
    }

    @Test(
        "an object of the bucket holds the answer, and its address lets anybody fetch it",
        .enabled(if: RunningObjectStore.isInstalled, "Scripts/python-environments.sh makes .build/venv-s3")
    )
    func bucket() async throws {
        let store = try #require(await RunningObjectStore.start())
        let client = CurlClient()
        let credentials = AWSSignature.Credentials(accessKey: "key", secretKey: "secret")
        var creation = OutboundRequest("\(store.endpoint)/things")
        creation.method = "PUT"
        creation.signature = AWSSignature(credentials, region: "us-east-1", service: "s3")
        #expect(try await client.answer(to: creation).status == 200)
        let place = BucketPlace(
            endpoint: "\(store.endpoint)/things",
            region: "us-east-1",
            credentials: credentials
        )
        let kept = try await BucketAnswers(place, client: client)
            .keep(Self.answer, for: "job-1", mediaType: "application/json")
        #expect(kept.uri.contains("/things/roost/answers/job-1.json?X-Amz-Algorithm="))
        let fetched = try await client.answer(to: OutboundRequest(kept.uri))
        #expect(fetched.status == 200)
        #expect(fetched.body == Self.answer)
        client.stop()
        await store.stop()
    }

    @Test("a bucket that refuses says what to check")
    func refused() async throws {
        let client = CurlClient()
        let place = BucketPlace(
            endpoint: "http://127.0.0.1:1/things",
            region: "us-east-1",
            credentials: .init(accessKey: "key", secretKey: "secret")
        )
        let fault = await #expect(throws: AnswerStoreFault.self) {
            _ = try await BucketAnswers(place, client: client)
                .keep(Self.answer, for: "a", mediaType: "application/json")
        }
        #expect(fault?.description.contains("BUCKET_ENDPOINT_URL") == true)
        client.stop()
    }
}

extension CurlClient {
    fileprivate func answer(to request: OutboundRequest) async throws -> OutboundResponse {
        try await withCheckedContinuation { continuation in
            send(request) { continuation.resume(returning: $0) }
        }.get()
    }
}
