import WorkStore

extension JobQueue {
    /// Tells of an end, when somebody asked for it and was not told; goes on for itself.
    func tell(_ record: WorkRecord) {
        guard let webhooks, let details = JobDetails(record.details), details.owesWebhook,
            let address = details.webhook
        else { return }
        let status = JobStatus.whole(
            record,
            progress: nil,
            worker: settings.worker,
            now: now(),
            isForWebhook: true
        )
        Task {
            await webhooks.tell(address, status, of: record.id)
            await store(change: record.id) { kept in
                // Another try of the job is to be told of anew.
                guard kept.finished == record.finished, var details = JobDetails(kept.details) else {
                    return false
                }
                details.isTold = true
                kept.details = details.bytes
                return true
            }
        }
    }
}
