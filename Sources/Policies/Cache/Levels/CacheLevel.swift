/// A place beyond memory where answers are kept: a file of this host, or a server that several hosts share.
///
/// It keeps records by key, and a generation for each guard: a name that purges go by. A record counts while the
/// generations of its guards are those it was stored with. Functions return at once, answer exactly once on any thread, and
/// need no order among each other but this: what is asked after an answer sees what that answer stands for.
protocol CacheLevel: Sendable {
    /// For metrics and statistics.
    var name: String { get }
    /// True when other hosts may move generations.
    var isShared: Bool { get }

    /// Gives the generations of the guards; a guard that has none gets a new one.
    func stamp(_ guards: [String], _ answer: @escaping @Sendable (CacheStamp?) -> Void)

    /// Gives the record of a key, if there is one, and the generations of the guards at that moment.
    func read(
        _ key: CacheKey,
        _ guards: [String],
        _ answer: @escaping @Sendable (_ record: [UInt8]?, _ stamp: CacheStamp?) -> Void
    )

    /// Keeps a record, unless the generations are others by now.
    ///
    /// Answers whether it could be asked.
    func write(
        _ key: CacheKey,
        _ record: [UInt8],
        _ guards: [String],
        _ stamp: CacheStamp,
        for lifetime: Duration,
        _ answer: @escaping @Sendable (Bool) -> Void
    )

    /// Moves the generations of guards, so that everything kept under them is worthless; true when that is done for good.
    func advance(_ guards: [String], _ answer: @escaping @Sendable (Bool) -> Void)

    /// Records and bytes kept; nil when unknown.
    func size(_ answer: @escaping @Sendable ((records: Int, bytes: Int)?) -> Void)

    /// Lets go of what it holds; nothing is asked any more.
    func close() async
}
