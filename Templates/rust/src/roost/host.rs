//! The host as a plugin sees it.

use super::abi;
use super::json::Value;
use std::sync::{Arc, PoisonError, RwLock};

/// How serious a log line is.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Level {
    Debug = 0,
    Info,
    Notice,
    Warning,
    Error,
    Critical,
    Alert,
    Emergency,
}

/// The host: clone it freely, use it on any thread. Once the plugin is destroyed it does nothing.
#[derive(Clone)]
pub struct Host {
    shared: Arc<Shared>,
}

struct Shared {
    /// None once the plugin was destroyed. Whoever reads holds the lock for as long as the host is used, so that destroying
    /// waits for threads that are in the host just then.
    table: RwLock<Option<Table>>,
    alias: String,
    data_directory: String,
}

#[derive(Clone, Copy)]
struct Table {
    host: *const abi::HostTable,
    log: *const abi::LogTable,
    progress: *const abi::ProgressTable,
}

// SAFETY: the tables are never written after create, and every function in them is marked [any]: any thread, several at once.
unsafe impl Send for Table {}
unsafe impl Sync for Table {}

impl Host {
    /// # Safety
    /// `host` must be valid until `forget` was called.
    pub(super) unsafe fn new(host: *const abi::HostTable) -> Host {
        // SAFETY: the host gives a valid table, extensions are what their id says or null, and views live until destroy.
        unsafe {
            let extension = |id: &std::ffi::CStr| ((*host).get_extension)(host, id.as_ptr());
            let table = Table {
                host,
                log: extension(c"roost.log/1").cast(),
                progress: extension(c"roost.progress/1").cast(),
            };
            Host {
                shared: Arc::new(Shared {
                    alias: (*host).alias.to_text(),
                    data_directory: (*host).data_directory.to_text(),
                    table: RwLock::new(Some(table)),
                }),
            }
        }
    }

    /// The plugin's name in host.yaml.
    pub fn alias(&self) -> &str {
        &self.shared.alias
    }

    /// An absolute path that exists and belongs to this plugin alone.
    pub fn data_directory(&self) -> &str {
        &self.shared.data_directory
    }

    /// Writes a line to the operator's log.
    pub fn log(&self, level: Level, message: &str) {
        self.log_for(0, level, message);
    }

    /// The table must not be used any more: after this the host does nothing.
    pub(super) fn forget(&self) {
        *self
            .shared
            .table
            .write()
            .unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) fn complete(&self, call: u64, status: i32, result: String) {
        self.with(|table| {
            // SAFETY: the table is valid while `with` runs; the buffer moves to the host.
            unsafe { ((*table.host).complete)(table.host, call, status, abi::Buffer::of(result)) };
        });
    }

    pub(super) fn is_cancelled(&self, call: u64) -> bool {
        // SAFETY: the table is valid while `with` runs.
        self.with(|table| unsafe { ((*table.host).is_cancelled)(table.host, call) })
            .unwrap_or(true)
    }

    pub(super) fn log_for(&self, call: u64, level: Level, message: &str) {
        self.with(|table| {
            // SAFETY: the tables are valid while `with` runs; the log copies what it is lent.
            unsafe {
                if table.log.is_null() || !((*table.log).is_enabled)(table.host, call, level as i32)
                {
                    return;
                }
                let text = Value::from(message).to_string();
                ((*table.log).write)(
                    table.host,
                    call,
                    level as i32,
                    abi::View::EMPTY,
                    abi::View::of(&text),
                );
            }
        });
    }

    pub(super) fn progress(&self, call: u64, done: f64, total: f64, message: &str) {
        self.with(|table| {
            if table.progress.is_null() {
                return;
            }
            // SAFETY: the tables are valid while `with` runs; the message is copied.
            unsafe {
                ((*table.progress).report)(table.host, call, done, total, abi::View::of(message))
            };
        });
    }

    fn with<Result>(&self, body: impl FnOnce(Table) -> Result) -> Option<Result> {
        let table = self
            .shared
            .table
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        table.map(body)
    }
}
