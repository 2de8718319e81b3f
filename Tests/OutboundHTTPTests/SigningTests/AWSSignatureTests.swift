import Testing

@testable import OutboundHTTP

@Suite("AWS Signature Version 4, on the examples that AWS publishes")
struct AWSSignatureTests {
    /// From the signature test suite: region us-east-1, service "service".
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method = "GET"
        var path = "/"
        var headers: HeaderFields = []
        var body = ""
        var token: String?
        var signature: String
    }

    static let suite = [
        Example(
            testDescription: "get-vanilla",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        ),
        Example(
            testDescription: "get-vanilla-query-order-key-case",
            path: "/?Param2=value2&Param1=value1",
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
        ),
        Example(
            testDescription: "get-relative",
            path: "/example/..",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        ),
        Example(
            testDescription: "post-vanilla",
            method: "POST",
            signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
        ),
        Example(
            testDescription: "post-x-www-form-urlencoded",
            method: "POST",
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "Param1=value1",
            signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
        ),
    ]

    @Test("an example of the suite gets its signature", arguments: suite)
    func suiteExample(_ example: Example) throws {
        var signature = AWSSignature(
            .init(accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            region: "us-east-1",
            service: "service"
        )
        signature.credentials.sessionToken = example.token
        let headers = signature.headers(
            method: example.method,
            url: try OutboundURL("https://example.amazonaws.com\(example.path)"),
            headers: example.headers,
            body: Array(example.body.utf8),
            at: 1_440_938_160
        )
        #expect(headers.first("X-Amz-Date") == "20150830T123600Z")
        #expect(headers.first("Authorization")?.hasSuffix("Signature=\(example.signature)") == true)
    }

    /// From "Authenticating Requests: Using the Authorization Header" of the S3 reference.
    static let storage = [
        Example(
            testDescription: "GET Object",
            path: "/test.txt",
            headers: [("Range", "bytes=0-9")],
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        Example(
            testDescription: "PUT Object",
            method: "PUT",
            path: "/test%24file.text",
            headers: [
                ("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ],
            body: "Welcome to Amazon S3.",
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ),
        Example(
            testDescription: "GET Bucket Lifecycle",
            path: "/?lifecycle",
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        ),
        Example(
            testDescription: "Get Bucket (List Objects)",
            path: "/?max-keys=2&prefix=J",
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
    ]

    @Test("an example of S3 gets its signature", arguments: storage)
    func storageExample(_ example: Example) throws {
        let signature = AWSSignature(
            .init(accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            region: "us-east-1",
            service: "s3"
        )
        let headers = signature.headers(
            method: example.method,
            url: try OutboundURL("https://examplebucket.s3.amazonaws.com\(example.path)"),
            headers: example.headers,
            body: Array(example.body.utf8),
            at: 1_369_353_600
        )
        #expect(headers.first("Authorization")?.hasSuffix("Signature=\(example.signature)") == true)
        #expect(headers.first("X-Amz-Content-Sha256")?.utf8.count == 64)
    }

    @Test("a session's token is sent and signed")
    func token() throws {
        let signature = AWSSignature(
            .init(accessKey: "A", secretKey: "S", sessionToken: "T"),
            region: "eu-central-1",
            service: "s3"
        )
        let headers = signature.headers(
            method: "GET",
            url: try OutboundURL("http://127.0.0.1:9000/bucket/a%20b"),
            headers: [("Authorization", "old"), ("traceparent", "00-1-2-01")],
            body: [],
            at: 0
        )
        #expect(headers.first("X-Amz-Security-Token") == "T")
        let authorization = try #require(headers.first("Authorization"))
        #expect(
            authorization.contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,")
        )
        #expect(headers.filter { $0.name == "Authorization" }.count == 1)
    }

    @Test("the example of an address that holds its signature gets that signature")
    func signedAddress() throws {
        let signature = AWSSignature(
            .init(accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            region: "us-east-1",
            service: "s3"
        )
        let url = try OutboundURL("https://examplebucket.s3.amazonaws.com/test.txt")
        #expect(
            signature.signedAddress(of: url, lifetime: 86_400, at: 1_369_353_600)
                == "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
        )
    }
}
