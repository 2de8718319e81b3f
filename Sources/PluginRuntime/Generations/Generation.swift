/// Numbers the lives of one plugin: each start makes a new one, after a crash as by a reload.
///
/// Rises for as long as the host runs, from 1.
package struct Generation: Sendable, Hashable, Comparable {
    package let number: UInt64

    package init(_ number: UInt64) { self.number = number }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}
