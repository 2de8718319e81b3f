/// One call's demand on one bucket.
struct BucketDemand: Sendable {
    var key: BucketKey
    var gcra: GCRA
}
