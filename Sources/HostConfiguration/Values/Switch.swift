/// A key that turns something on or off.
enum Switch: String, CaseIterable {
    case on, off
}
