import CoreMetrics
import Logging
import PluginRuntime
import RunPod

/// Looks after what a host that runs for long leaves in its data folder: at its start and every ten minutes.
struct Upkeep: Sendable {
    let runtime: PluginRuntime
    let answers: VolumeAnswers
    let keptAnswers: Retention
    let keptImages: Retention
    let logger: Logger

    /// Goes on until the task that awaits it is cancelled.
    func run() async {
        while !Task.isCancelled {
            tell(await answers.prune(keptAnswers), of: "answers")
            tell(await runtime.pruneImages(keptImages), of: "images")
            try? await Task.sleep(for: PluginRuntime.imageRenewal)
        }
    }

    private func tell(_ removed: FolderPruning.Removed, of folder: String) {
        if removed.files > 0 {
            let dimensions = [("folder", folder)]
            Counter(label: "roost_pruned_files_total", dimensions: dimensions).increment(by: removed.files)
            Counter(label: "roost_pruned_bytes_total", dimensions: dimensions).increment(by: removed.bytes)
            logger.notice(
                "removed \(removed.files) files of \(removed.bytes) bytes from \(folder): \(folder) in host.yaml says how long they are kept"
            )
        }
        if let fault = removed.fault {
            logger.warning("not everything could be removed from \(folder) that is no longer kept: \(fault)")
        }
    }
}
