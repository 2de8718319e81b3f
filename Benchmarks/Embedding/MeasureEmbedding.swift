import Embedding
import Glibc

/// Says how many texts a second the model turns into vectors, as a number on a line.
///
///     MeasureEmbedding <folder of the model> <cores> <texts at once> <seconds> < texts, one a line
@main
struct MeasureEmbedding {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let cores = Int(arguments[2]), let batch = Int(arguments[3]), batch > 0,
            let seconds = Double(arguments[4])
        else { fatalError("expected: MeasureEmbedding <folder> <cores> <texts at once> <seconds>") }
        var texts: [String] = []
        while let line = readLine() { texts.append(line) }
        guard !texts.isEmpty else { fatalError("expected texts on standard input, found none") }
        let model = try MiniLM(folder: arguments[1], cores: cores)
        // The first ones read the weights from the disk.
        _ = try await model.embed(Array(texts.prefix(batch)))
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        var place = 0
        while clock.now - start < .seconds(seconds) {
            let some = (0..<batch).map { texts[(place + $0) % texts.count] }
            count += try await model.embed(some).count
            place += batch
        }
        print(Double(count) / ((clock.now - start) / .seconds(1)))
    }
}
