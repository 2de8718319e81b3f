/// What each metric means, in the words of its HELP line; `Documentation/Metrics.md` says more.
enum MetricDescriptions {
    /// Nil for a metric that says it all by its name.
    static func sentence(for name: String) -> String? { sentences[name] }

    private static let sentences: [String: String] = [
        // Calls
        "mcp_requests_total":
            "Calls that reached a plugin's chain of policies, by plugin and tool or method.",
        "mcp_request_duration_seconds": "Time from the first policy to the outcome.",
        "active_workers": "Calls the plugin works on.",
        "queue_length": "Calls that wait for a place at the plugin.",
        "roost_call_outcomes_total": "Calls by how they ended.",
        "roost_call_refusals_total": "Calls that a policy ended before the plugin saw them, by policy.",
        "roost_call_cache_total": "Calls by what the response cache said of them.",
        "roost_call_queue_wait_seconds":
            "Time a call waited for a place at its plugin; calls that did not wait are not here.",
        "roost_call_retries_total": "Tries beyond the first.",
        "roost_call_request_bytes_total": "Bytes of arguments.",
        "roost_call_response_bytes_total": "Bytes of results.",
        // The start
        "roost_start_seconds":
            "Time from the start of the process to the end of each phase of the host's start.",
        // The response cache
        "roost_cache_entries": "Answers kept in memory.",
        "roost_cache_bytes": "Memory that kept answers take.",
        "roost_cache_evictions_total": "Answers that made room in memory for others.",
        "roost_cache_stores_total": "Answers that were kept, by plugin.",
        "roost_cache_invalidations_total": "Calls that purged what their tool names, by plugin.",
        "roost_cache_level_operations_total":
            "What was asked of the levels beyond memory, by level, operation and outcome.",
        // HTTP and sessions
        "roost_http_open_connections": "Connections that are open.",
        "roost_http_connections_total": "Connections that were accepted.",
        "roost_http_requests_total": "Responses by address and class of status.",
        "roost_http_request_bytes_total": "Bytes of request bodies.",
        "roost_http_response_bytes_total": "Bytes of responses, heads and streams included.",
        "roost_http_client_requests_total": "Requests the host sent for plugins, by how they ended.",
        "roost_http_client_seconds": "Time from a plugin's request to its answer's head or end.",
        "roost_http_client_open": "Requests of plugins that are under way.",
        "roost_http_client_received_bytes_total": "Bytes of bodies that plugins' requests brought.",
        "roost_mcp_requests_total": "Requests of clients by method.",
        "roost_sessions": "Legacy sessions this worker keeps.",
        "roost_listen_streams": "Open streams of subscriptions/listen.",
        "roost_tasks_working": "Tasks this worker is at.",
        "roost_task_transitions_total": "Steps in the lives of tasks at this worker, by where they led.",
        // Authentication
        "roost_auth_requests_total": "Requests by what was shown and whether it was good.",
        "roost_auth_jwks_fetches_total": "Fetches of issuers' keys by outcome.",
        // Jobs
        "roost_jobs_taken_total": "Jobs the job API took.",
        "roost_jobs_ended_total": "Jobs that ended, by the platform's word for how.",
        "roost_jobs_retried_total": "Jobs that went back into the queue for another try.",
        "roost_jobs_running": "Jobs this host works on.",
        "roost_job_delay_seconds": "Time a job waited in the queue before somebody began.",
        // Plugins
        "roost_plugin_abandoned_calls":
            "Calls whose callers were told although the plugin has not completed them.",
        "roost_plugin_state": "1 for the state the plugin is in, 0 for the others.",
        "roost_plugin_info": "Always 1; the labels say which image the plugin runs, and where.",
        "roost_plugin_restarts_total": "Starts beyond the first one.",
        "roost_plugin_deaths_total":
            "Times the plugin's process ended without being asked to, or did not start.",
        "roost_plugin_dropped_log_lines_total":
            "Lines of a plugin's log that were dropped because it wrote too many.",
        "roost_plugin_reloads_total": "Times the plugin was replaced while it ran.",
        "roost_plugin_cpu_seconds_total": "Processor time of the process that holds the plugin.",
        "roost_plugin_resident_memory_bytes": "Memory of the process that holds the plugin.",
        "roost_plugin_threads": "Threads of the process that holds the plugin.",
        "roost_plugin_open_fds": "File descriptors open in the process that holds the plugin.",
        // Limits, breakers, Redis
        "roost_rate_limit_decisions_total": "Calls each rule allowed or refused.",
        "roost_rate_limit_outages_total":
            "Calls Redis could not be asked about, by what was applied instead.",
        "roost_concurrency_refused_total": "Calls refused because too many were open on the whole host.",
        "roost_breaker_changes_total": "Times a plugin's breaker opened or closed.",
        "roost_breaker_refused_total": "Calls refused while the plugin was out of service.",
        "roost_redis_connections": "Connections to Redis that take commands.",
        "roost_redis_connects_total": "Connections to Redis that were made.",
        "roost_redis_commands_total": "Commands to Redis by how they ended.",
        "roost_redis_command_seconds": "Time from a command to its answer or failure.",
        // A queue worker
        "roost_queue_takes_total": "Times the queue was asked for jobs, by what it said.",
        "roost_queue_jobs_total": "Jobs of the queue by how they ended here.",
        "roost_queue_job_seconds": "Time from the beginning of a job to its end.",
        "roost_queue_jobs": "Jobs of the queue that are worked on.",
        "roost_queue_slots": "Jobs of the queue that may be worked on at once.",
        "roost_queue_results_total": "Results by what became of them at the queue.",
        "roost_queue_undelivered_results": "Jobs with something on its way to the queue.",
        "roost_queue_failed_posts_total": "Posts to the queue that it did not take.",
        "roost_queue_heartbeats_total": "Heartbeats by whether the platform answered.",
        "roost_queue_resumes_total": "Times this process was stopped for a while and went on.",
        // The host
        "roost_build_info": "Always 1; the labels say which build this is.",
        "process_start_time_seconds": "When the host started, in seconds of the Unix epoch.",
        "process_cpu_seconds_total": "Time the host's own process spent on processors.",
        "process_resident_memory_bytes": "Memory of the host's own process.",
        "process_open_fds": "File descriptors the host's own process has open.",
        "process_max_fds": "File descriptors the host's own process may have open.",
        "process_threads": "Threads of the host's own process.",
        "roost_pruned_files_total": "Files of the data folder that were not kept any longer, by folder.",
        "roost_pruned_bytes_total": "Bytes of the files that were not kept any longer, by folder.",
        // Telemetry itself
        "roost_metrics_overflows_total": "Handles that share the label value other, by metric.",
        "roost_metrics_conflicts_total": "Handles that asked for a name in another kind than it has.",
        "roost_audit_events_total": "Administrative actions and refusals, by action and outcome.",
        "roost_access_log_dropped_total":
            "Lines of the access log that were lost because its file was too slow.",
        "roost_tracing_spans_total": "Spans by what became of them.",
    ]
}
