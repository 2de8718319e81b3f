/// Does what a job asks for.
///
/// The host's own runs it through its gateway with all policies. Safe to use from any task; several jobs may run at once.
package protocol JobRunner: Sendable {
    /// Runs a job to its end.
    ///
    /// `report` may come on any thread, in the order things happened, never after this returns. Cancelling the task that
    /// awaits this cancels the plugin's call: the end is then ``JobOutcome/cancelled``, or what came out just before.
    func run(_ job: Job, report: @escaping @Sendable (JobReport) -> Void) async -> JobOutcome
}
