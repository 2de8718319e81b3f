/// What is different for a call whose client knows tasks.
package struct TaskTerms: Sendable {
    /// How long its work may take; the client need not wait for it.
    package var deadline: Duration
    /// What makes a task of it as soon as policies have let it through; nil: nothing does, or it is one.
    var admission: TaskCall?
}
