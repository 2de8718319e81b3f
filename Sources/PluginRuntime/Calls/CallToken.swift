/// Names one call of one plugin for as long as the host runs.
package struct CallToken: Sendable, Hashable {
    package var value: UInt64

    package init(_ value: UInt64) { self.value = value }
}
