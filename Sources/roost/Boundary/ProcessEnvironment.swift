import CLinux

/// The variables this process was started with.
enum ProcessEnvironment {
    /// All variables by name; of equal names the first one counts, as it does for getenv.
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        // Invariant: a list of texts that each end with a zero, itself ended by NULL; the host never changes it, so it stays
        // as it is while this reads.
        guard var next = clinux_environment() else { return [:] }
        while let text = next.pointee {
            let entry = String(cString: text)
            if let end = entry.firstIndex(of: "="), variables[String(entry[..<end])] == nil {
                variables[String(entry[..<end])] = String(entry[entry.index(after: end)...])
            }
            next += 1
        }
        return variables
    }
}
