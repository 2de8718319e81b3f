/// The languages a new project can be written in.
package enum ProjectLanguage: String, Sendable, CaseIterable {
    case swift, c, rust

    /// For people.
    package var title: String {
        switch self {
        case .swift: "Swift"
        case .c: "C"
        case .rust: "Rust"
        }
    }
}
