/// Unwinds a handler whose question has no answer yet.
///
/// Never reaches an author's caller: the call ends as input required.
///
/// An author who catches every error should rethrow; a handler that throws anything but a protocol error
/// while a question is open still ends as input required.
struct InputPending: Error {}
