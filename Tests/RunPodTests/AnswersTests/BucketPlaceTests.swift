import Testing

@testable import RunPod

@Suite("Where the bucket for long answers is")
struct BucketPlaceTests {
    private static let keys = ["BUCKET_ACCESS_KEY_ID": "a", "BUCKET_SECRET_ACCESS_KEY": "s"]

    @Test(
        "the region is said, or stands in the address",
        arguments: [
            ("https://things.s3.eu-central-1.amazonaws.com/", "eu-central-1"),
            ("https://s3-eu-west-1.amazonaws.com/things", "eu-west-1"),
            ("https://things.s3.amazonaws.com", "us-east-1"),
            ("https://s3api-eu-ro-1.runpod.io/volume", "EU-RO-1"),
            ("http://127.0.0.1:9000/things", "us-east-1"),
        ]
    )
    func region(_ address: String, _ expected: String) throws {
        var environment = Self.keys
        environment["BUCKET_ENDPOINT_URL"] = address
        #expect(try #require(BucketPlace(environment: environment)).region == expected)
        environment["BUCKET_REGION"] = "mars-1"
        #expect(try #require(BucketPlace(environment: environment)).region == "mars-1")
    }

    @Test("there is none when one of its three variables is missing or empty")
    func missing() {
        #expect(BucketPlace(environment: Self.keys) == nil)
        #expect(BucketPlace(environment: ["BUCKET_ENDPOINT_URL": "https://a"]) == nil)
        var environment = Self.keys
        environment["BUCKET_ENDPOINT_URL"] = ""
        #expect(BucketPlace(environment: environment) == nil)
    }
}
