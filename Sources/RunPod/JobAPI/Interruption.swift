/// What becomes of a job whose host ended under it: as on the platform it is tried once more, then it has failed.
enum Interruption: Hashable {
    case tryAgain
    case fail(String)

    init(after interruptions: Int) {
        self =
            interruptions == 0
            ? .tryAgain : .fail("job timed out after 1 retries: the host ended twice while it worked on it")
    }
}
