/// Which files of a folder may stay: none that is older than an age, and no more bytes than a size.
///
/// The oldest go first, and the youngest always stays, however large it is: somebody was just given its address.
package struct Retention: Sendable, Hashable {
    /// A file as the decision needs it.
    package struct File: Sendable, Hashable {
        package var name: String
        package var bytes: Int
        /// Since it was written or last used; below zero when clocks differ.
        package var age: Duration
        /// It is needed, whatever its age.
        package var isInUse: Bool

        package init(_ name: String, bytes: Int, age: Duration, isInUse: Bool = false) {
            self.name = name
            self.bytes = bytes
            self.age = age
            self.isInUse = isInUse
        }
    }

    /// How long a file stays.
    package var age: Duration
    /// Bytes of all files together.
    package var bytes: Int
    /// A younger file stays although there are too many bytes: another process may be about to use it.
    package var grace: Duration

    package init(age: Duration, bytes: Int, grace: Duration = .zero) {
        self.age = age
        self.bytes = bytes
        self.grace = grace
    }

    /// The names of the files that have to go, the oldest first.
    package func outdated(_ files: [File]) -> [String] {
        let byAge = files.sorted { ($0.age, $0.name) > ($1.age, $1.name) }
        let youngest = byAge.last?.name
        var total = files.reduce(0) { $0 + $1.bytes }
        var outdated: [String] = []
        for file in byAge where !file.isInUse && file.age >= grace {
            let isTooMuch = total > bytes && file.name != youngest
            guard file.age > age || isTooMuch else { continue }
            outdated.append(file.name)
            total -= file.bytes
        }
        return outdated
    }
}
