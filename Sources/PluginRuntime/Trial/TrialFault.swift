/// Why a step of a trial did not succeed.
package enum TrialFault: Error, Sendable, Hashable {
    /// The plugin, or what loads it, said no; a sentence, or the rest of one after the library's name.
    case refused(String)
    /// The process ended by itself: SIGSEGV, exit code 7.
    ///
    /// `place` is the function it happened in, nil when that is not known; `output` is what the process printed last.
    case crashed(reason: String, place: String?, output: [String])
    /// It was ended because it did not answer in time; what it did not do, and for how long.
    case hung(String)
}
