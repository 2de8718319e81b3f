/// The name under which a process holds leases, and what can be told from another one's.
///
/// `<boot>/<namespace of process ids>/<process id>/<when it started>`: where the first two are ours, the kernel knows whether
/// that process still runs, and nobody has to wait until its lease ends.
package struct WorkHolder: Sendable, Hashable {
    package let text: String
    private let place: String
    private let process: String
    private let start: String

    /// Reads a holder; nil when it has another form.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        self.text = text
        place = "\(parts[0])/\(parts[1])"
        process = String(parts[2])
        start = String(parts[3])
    }

    /// This process.
    package static var current: WorkHolder? {
        guard let boot = ProcessFacts.text(of: "/proc/sys/kernel/random/boot_id"),
            let namespace = ProcessFacts.target(of: "/proc/self/ns/pid"),
            let start = Self.start(of: "self")
        else { return nil }
        let name = namespace.filter { $0.isNumber }
        return WorkHolder("\(boot.filter { $0 != "\n" })/\(name)/\(ProcessFacts.processID)/\(start)")
    }

    /// Whether a holder is known to have ended; false also where nobody can tell from here.
    package func knowsAsGone(_ other: WorkHolder) -> Bool {
        guard other.place == place, other.text != text else { return false }
        return Self.start(of: other.process) != other.start
    }

    /// When a process started, in the kernel's ticks since the boot; nil: there is none.
    private static func start(of process: String) -> String? {
        guard let status = ProcessFacts.text(of: "/proc/\(process)/stat"),
            // The name of the program stands in parentheses and may hold anything.
            let end = status.lastIndex(of: ")")
        else { return nil }
        let fields = status[status.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : nil
    }
}
