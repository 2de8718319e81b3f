/// Ids of jobs: unguessable, since whoever knows one may ask for it, and in the form the platform's have.
enum JobID {
    static func random(isSync: Bool = false) -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = [
            UInt64.random(in: .min ... .max, using: &generator),
            .random(in: .min ... .max, using: &generator),
        ]
        .map { number in
            let text = String(number, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        .joined()
        var id = isSync ? "sync-" : ""
        for (place, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(place) { id.append("-") }
            id.append(digit)
        }
        return id + "-u1"
    }
}
