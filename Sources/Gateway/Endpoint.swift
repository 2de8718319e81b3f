/// Which plugins an address serves.
package enum Endpoint: Sendable, Hashable {
    /// All plugins; names carry their plugin's alias in front.
    case all
    /// One plugin under its plain names.
    case plugin(String)

    /// True when what this plugin serves can be reached here.
    package func includes(_ alias: String) -> Bool {
        switch self {
        case .all: true
        case .plugin(let own): own == alias
        }
    }
}
