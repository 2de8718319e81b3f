package import Logging

/// Several places for long answers; the first one that can keep an answer gets it.
package struct AnswerStores: AnswerStore {
    private let stores: [any AnswerStore]
    private let logger: Logger

    package init(_ stores: [any AnswerStore], logger: Logger) {
        self.stores = stores
        self.logger = logger
    }

    package func keep(
        _ answer: [UInt8],
        for id: String,
        mediaType: String
    ) async throws(AnswerStoreFault) -> KeptAnswer {
        var faults: [String] = []
        for store in stores {
            do throws(AnswerStoreFault) {
                return try await store.keep(answer, for: id, mediaType: mediaType)
            } catch {
                logger.warning("\(error)", metadata: ["requestId": "\(id)"])
                faults.append(error.description)
            }
        }
        throw AnswerStoreFault(faults.isEmpty ? "there is no place for it" : faults.joined(separator: "; "))
    }
}
