/// Holds retries to a share of the calls, so that a plugin that fails is not asked twice as often for it.
///
/// A pure state machine. Every call pays a share in, every retry takes a whole one out; what is saved is bounded, so that a
/// quiet hour pays for no storm.
struct RetryBudget: Sendable {
    /// What every call pays in, in millionths of a retry: whole numbers, so that ten tenths are one.
    let share: Int
    private(set) var balance: Int

    /// Retries that may be saved up; a new budget has them, so that a rarely used plugin may retry as well.
    static let most = 10
    private static let one = 1_000_000

    /// `share`: what every call pays in, 0 to 1.
    init(share: Double) {
        self.share = Int((share * Double(Self.one)).rounded())
        balance = share > 0 ? Self.most * Self.one : 0
    }

    /// A call was made for the first time.
    mutating func deposit() { balance = min(Self.most * Self.one, balance + share) }

    /// A call is to be made again: false when it may not.
    mutating func withdraw() -> Bool {
        guard balance >= Self.one else { return false }
        balance -= Self.one
        return true
    }
}
