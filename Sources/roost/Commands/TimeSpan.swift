import ArgumentParser
import HostConfiguration

/// A duration on the command line, written as in host.yaml: `500ms`, `30s`, `2m`.
struct TimeSpan: ExpressibleByArgument, ExpressibleByStringLiteral, CustomStringConvertible {
    let description: String
    let duration: Duration

    init?(argument: String) {
        guard let duration = Quantity.duration(argument), duration > .zero else { return nil }
        description = argument
        self.duration = duration
    }

    /// A default in source code: one that is no duration is one second.
    init(stringLiteral text: String) {
        description = text
        duration = Quantity.duration(text) ?? .seconds(1)
    }

    var defaultValueDescription: String { description }
}
