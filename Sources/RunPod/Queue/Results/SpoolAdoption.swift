import NIOPosix

/// Takes over what workers that are gone have not delivered, from a folder they shared with this one.
///
/// A worker that lives renews its file; one that has not for a while is gone, and its file is opened as nobody else can hold it.
struct SpoolAdoption: Sendable {
    let own: ResultSpool
    let folder: String
    /// How long a file was not renewed whose worker is gone.
    let age: Duration

    /// Between two looks: often enough that a worker that lives is never taken for one that is gone.
    var interval: Duration { min(.seconds(15), max(.milliseconds(500), age / 8)) }

    /// Renews the own file, and gives the results that were found, which are in the own file by then.
    func adopt() async -> [SpooledResult] {
        let (own, folder, age) = (SpoolFile(path: own.path), folder, age)
        let orphans = try? await NIOThreadPool.singleton.runIfActive {
            own.renew()
            return SpoolFile.all(in: folder).filter { file in
                file != own && (file.age.map { .seconds($0) > age } ?? false)
            }
        }
        var results: [SpooledResult] = []
        for orphan in orphans ?? [] { results += await adopt(orphan) }
        return results
    }

    private func adopt(_ orphan: SpoolFile) async -> [SpooledResult] {
        // Refused when its worker lives after all.
        guard let spool = try? await ResultSpool(path: orphan.path) else { return [] }
        var results: [SpooledResult] = []
        do {
            // Its unfinished jobs are the platform's to give to another worker: it sees that this one is silent.
            results = try await spool.remains().results
            try await own.adopt(results)
            let hasRefused = try await spool.hasRefused()
            await spool.close()
            hasRefused ? orphan.retire() : orphan.remove()
        } catch {
            await spool.close()
        }
        return results
    }
}
