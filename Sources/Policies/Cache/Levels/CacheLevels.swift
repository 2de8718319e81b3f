import Metrics
import RoostJSON

/// The second level with the third behind it, as the cache uses them: a level that fails is passed over and counted.
struct CacheLevels: Sendable {
    private let level: any CacheLevel
    private let objects: (any CacheObjects)?
    /// Milliseconds of the Unix epoch.
    private let wallClock: @Sendable () -> Int64
    private let levelMeters: CacheLevelMeters
    private let objectMeters: CacheLevelMeters?

    init(
        _ level: any CacheLevel,
        objects: (any CacheObjects)?,
        wallClock: @escaping @Sendable () -> Int64,
        factory: any MetricsFactory
    ) {
        self.level = level
        self.objects = objects
        self.wallClock = wallClock
        levelMeters = CacheLevelMeters(level: level.name, factory: factory)
        objectMeters = objects.map { CacheLevelMeters(level: $0.name, factory: factory) }
    }

    var isShared: Bool { level.isShared }

    /// Whether the generations are known, and what they are.
    func stamp(_ label: CacheLabel, _ answer: @escaping @Sendable (CacheStamp?) -> Void) {
        level.stamp(label.guards) { [levelMeters] stamp in
            levelMeters.count(.check, stamp == nil ? .failed : .done)
            answer(stamp)
        }
    }

    /// An answer of a level, and whether it came from the third.
    struct Found: Sendable {
        var document: JSONDocument
        var age: Duration
        var stamp: CacheStamp
        var isObject: Bool
    }

    /// Looks for an answer.
    func read(
        _ key: CacheKey,
        _ label: CacheLabel,
        _ answer: @escaping @Sendable (_ found: Found?, _ stamp: CacheStamp?) -> Void
    ) {
        level.read(key, label.guards) { [self] bytes, stamp in
            guard let stamp else {
                levelMeters.count(.read, .failed)
                return answer(nil, nil)
            }
            guard let record = bytes.flatMap({ CacheRecord($0) }), record.stamp == stamp else {
                levelMeters.count(.read, .missed)
                return answer(nil, stamp)
            }
            levelMeters.count(.read, .done)
            switch record.content {
            case .inline(let text): answer(restored(text, record, isObject: false), stamp)
            case .object:
                guard let objects else { return answer(nil, stamp) }
                objects.get(key.text) { [self] object in
                    let found = object.flatMap { text in
                        record.refers(to: text) ? restored(text, record, isObject: true) : nil
                    }
                    objectMeters?.count(.read, found == nil ? .missed : .done)
                    answer(found, stamp)
                }
            }
        }
    }

    private func restored(_ text: [UInt8], _ record: CacheRecord, isObject: Bool) -> Found? {
        guard let document = try? JSONDocument(parsing: text) else { return nil }
        // A clock that is behind the one of the host that stored it must not make an answer younger than new.
        let age = Duration.milliseconds(max(0, wallClock() - record.created))
        return Found(document: document, age: age, stamp: record.stamp, isObject: isObject)
    }

    /// Keeps an answer.
    func write(_ key: CacheKey, _ label: CacheLabel, _ document: JSONDocument, _ stamp: CacheStamp) {
        let bytes = Array(document.root.bytes)
        let created = wallClock()
        guard let objects, bytes.count > objects.threshold else {
            let record = CacheRecord(created: created, stamp: stamp, content: .inline(bytes))
            return write(record, key, label)
        }
        // The record comes last: it must never refer to what is not there.
        objects.put(key.text, bytes) { [self] isThere in
            objectMeters?.count(.write, isThere ? .done : .failed)
            if isThere { write(CacheRecord(created: created, stamp: stamp, object: bytes), key, label) }
        }
    }

    private func write(_ record: CacheRecord, _ key: CacheKey, _ label: CacheLabel) {
        level.write(key, record.bytes, label.guards, record.stamp, for: label.terms.longest) {
            [levelMeters] isDone in
            levelMeters.count(.write, isDone ? .done : .failed)
        }
    }

    /// Makes everything under these guards worthless; false when the level could not be told.
    func advance(_ guards: [String], _ answer: @escaping @Sendable (Bool) -> Void) {
        level.advance(guards) { [levelMeters] isDone in
            levelMeters.count(.purge, isDone ? .done : .failed)
            answer(isDone)
        }
    }

    func close() async { await level.close() }

    /// The levels' names and what they did, for statistics.
    func describe(_ answer: @escaping @Sendable ([JSONValue]) -> Void) {
        level.size { [self] size in
            var own = levelMeters.json
            own["shared"] = .bool(level.isShared)
            if let size {
                own["entries"] = .integer(Int64(size.records))
                own["bytes"] = .integer(Int64(size.bytes))
            }
            var levels: [JSONValue] = [.object(own)]
            if let objectMeters { levels.append(.object(objectMeters.json)) }
            answer(levels)
        }
    }
}
