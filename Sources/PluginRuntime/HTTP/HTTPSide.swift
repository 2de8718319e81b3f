import OutboundHTTP

/// The host's HTTP as one life of a plugin reaches it: the functions of roost_host_http, in their order.
///
/// Implemented twice: by ``HTTPSession`` in the host, and in a cell by the plugin's end of the wire. Numbers come from the
/// instance, which never uses one twice. Functions may come on any thread.
protocol HTTPSide: AnyObject, Sendable {
    /// Begins a request; its end is told whatever happens.
    func begin(_ number: UInt64, _ ask: HTTPAsk, _ answers: any HTTPAnswers)
    /// Adds to a streamed body, within the room that was given.
    func write(_ number: UInt64, _ bytes: [UInt8], isLast: Bool)
    /// Bytes of a streamed answer are done with.
    func consumed(_ number: UInt64, _ count: Int)
    func cancel(_ number: UInt64)
    /// Cancels everything, and takes nothing any more.
    func close()
}

/// Who is told of requests, in the order of roost_http_handler; any thread, which must not be held up.
protocol HTTPAnswers: AnyObject, Sendable {
    /// True: a whole answer costs nothing to hand over at once, because nothing lies between.
    var takesWhole: Bool { get }
    /// Status and fields came; the body is empty here.
    func head(_ number: UInt64, _ answer: OutboundResponse)
    func body(_ number: UInt64, _ bytes: [UInt8])
    /// So many more bytes of a streamed body may be written.
    func room(_ number: UInt64, _ count: Int)
    /// The end; nil: the answer is complete.
    func done(_ number: UInt64, _ failure: OutboundFailure?)
}
