/// The tools of the plugin with vices.
enum Vice: String, Sendable, CaseIterable {
    case completesTwice = "complete_twice"
    case never = "never_complete"
    case badJSON = "bad_json"
    case afterCancel = "complete_after_cancel"
    case crashes = "crash"
}
