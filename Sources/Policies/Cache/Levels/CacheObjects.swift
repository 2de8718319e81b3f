/// A place for what is too large for a second level, which keeps its name and digest then.
protocol CacheObjects: Sendable {
    var name: String { get }
    /// Bytes above which an answer goes here.
    var threshold: Int { get }

    /// Gives an object; nil when there is none, or the place cannot be asked.
    func get(_ name: String, _ answer: @escaping @Sendable ([UInt8]?) -> Void)
    /// Keeps an object in place of an older one; true when it is there.
    func put(_ name: String, _ bytes: [UInt8], _ answer: @escaping @Sendable (Bool) -> Void)
}
