/// Holds retries to a share of the calls, so that a plugin that fails is not asked twice as often for it.
///
/// A pure state machine. Every call pays a share in, every retry takes a whole one out; what is saved is bounded, so that a
/// quiet hour pays for no storm.
struct RetryBudget: Sendable {
    /// What every call pays in, 0 to 1.
    let share: Double
    private(set) var balance: Double

    /// Retries that may be saved up; a new budget has them, so that a rarely used plugin may retry as well.
    static let most = 10.0

    init(share: Double) {
        self.share = share
        balance = share > 0 ? Self.most : 0
    }

    /// A call was made for the first time.
    mutating func deposit() { balance = min(Self.most, balance + share) }

    /// A call is to be made again: false when it may not.
    mutating func withdraw() -> Bool {
        // A little less than one: ten times a tenth is not quite a whole.
        guard balance >= 0.999 else { return false }
        balance -= 1
        return true
    }
}
