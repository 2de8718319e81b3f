import NIOPosix
package import PluginRuntime

/// Keeps long answers as files in a folder, on RunPod a folder of the network volume.
///
/// They stay until ``prune(_:)`` removes the old ones: nobody can tell whether an answer was fetched.
package struct VolumeAnswers: AnswerStore {
    private let folder: String

    /// `folder` is an absolute path; it is made with the first answer.
    package init(folder: String) { self.folder = folder }

    package func keep(
        _ answer: [UInt8],
        for id: String,
        mediaType: String
    ) async throws(AnswerStoreFault) -> KeptAnswer {
        let path = "\(folder)/\(AnswerName(id: id, mediaType: mediaType).text)"
        do {
            // A volume may be slow: nobody else waits for it.
            try await NIOThreadPool.singleton.runIfActive {
                try Files.makeDirectory(folder)
                try Files.write(answer, to: path)
            }
        } catch {
            let reason = (error as? Files.Fault)?.reason ?? "\(error)"
            throw AnswerStoreFault("\(path) could not be written: \(reason)")
        }
        return KeptAnswer(uri: "file://\(path)", bytes: answer.count, mediaType: mediaType)
    }

    /// Removes the answers that are not kept any longer, whichever host wrote them.
    package func prune(_ retention: Retention) async -> FolderPruning.Removed {
        let pruning = FolderPruning(folder, retention)
        let removed = try? await NIOThreadPool.singleton.runIfActive { pruning.run() }
        return removed ?? FolderPruning.Removed()
    }
}
