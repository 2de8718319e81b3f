/// Everything that is wrong with a configuration, in the order of the file.
package struct ConfigurationFaults: Error, Sendable, Hashable {
    /// At least one.
    package let faults: [ConfigurationFault]

    init(faults: [ConfigurationFault]) {
        self.faults = faults.sorted { Self.order($0) < Self.order($1) }
    }

    private static func order(_ fault: ConfigurationFault) -> (Int, Int) {
        switch fault.place {
        case .file(_, let line, let column): (line, column)
        case .environment: (Int.max, 0)
        }
    }
}

extension ConfigurationFaults: CustomStringConvertible {
    /// One line for each fault.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
