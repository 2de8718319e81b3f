/// How long what crosses between a host and a plugin in one piece may be: a call, an answer, a manifest, a state.
///
/// A frame is this and what stands around it. A client's request is far shorter (`http.max_body` of host.yaml, 128 MiB at the
/// most), what the platform passes on too; so only answers and states of plugins meet the limit.
package enum PayloadLimit {
    /// Bytes of all fields that a caller or a plugin fills: 255 MiB.
    package static let bytes = FrameSplitter.longest - (1 << 20)
}
