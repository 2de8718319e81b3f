/// One job of a trace: when it came and how long it takes a worker.
package struct TraceJob: Sendable, Equatable {
    /// Seconds from the beginning of the trace.
    package var arrival: Double
    /// Seconds of work.
    package var duration: Double

    package init(arrival: Double, duration: Double) {
        self.arrival = arrival
        self.duration = duration
    }

    /// Why a trace cannot be read.
    package struct Fault: Error, CustomStringConvertible, Equatable {
        package var description: String
    }

    /// Reads lines of `arrival,duration` in seconds; a first line of words and empty lines are passed over.
    ///
    /// - Throws: ``Fault`` with the line's number.
    package static func trace(_ text: String) throws(Fault) -> [TraceJob] {
        var jobs: [TraceJob] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (place, line) in lines.enumerated() {
            let fields = line.split(separator: ",").map {
                String($0.filter { $0 != " " && $0 != "\r" && $0 != "\t" })
            }
            if fields.isEmpty || fields.allSatisfy(\.isEmpty) { continue }
            let numbers = fields.map { Double($0) }
            if place == 0, numbers.allSatisfy({ $0 == nil }) { continue }
            guard numbers.count == 2, let arrival = numbers[0], let duration = numbers[1], arrival.isFinite,
                duration.isFinite, arrival >= 0, duration >= 0
            else {
                throw Fault(
                    description:
                        "line \(place + 1): expected two numbers of seconds such as 12.5,0.8 (arrival, duration), found \"\(line)\""
                )
            }
            jobs.append(TraceJob(arrival: arrival, duration: duration))
        }
        guard !jobs.isEmpty else {
            throw Fault(description: "expected at least one line of arrival,duration, found none")
        }
        return jobs.sorted { $0.arrival < $1.arrival }
    }
}
