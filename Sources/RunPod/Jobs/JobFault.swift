/// Why a job cannot be run, as a sentence for whoever sent it.
package struct JobFault: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }
}
