/// A bucket for large answers.
package struct S3CacheConfiguration: Sendable, Hashable {
    /// An http or https address, without the bucket.
    package var endpoint = ""
    package var bucket = ""
    /// Default us-east-1.
    package var region = "us-east-1"
    /// Stands before every object's name.
    ///
    /// Default "roost/cache/".
    package var prefix = "roost/cache/"
    package var accessKey = ""
    package var secretKey = ""
    /// Of temporary credentials.
    ///
    /// Default nil: they are lasting.
    package var sessionToken: String?
    /// Bytes of an answer above which it goes to the bucket.
    ///
    /// Default 100 kB.
    package var above = 100_000
}
