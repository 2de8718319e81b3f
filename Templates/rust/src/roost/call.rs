//! One call of a tool, and how it ends.

use super::abi;
use super::host::{Host, Level};
use super::json::Value;

/// An open call. It ends when it is dropped, at the latest: no client waits for ever.
pub struct Call {
    host: Host,
    id: u64,
    has_ended: bool,
}

/// What a tool answers.
pub struct Answer {
    text: String,
    structured: Option<Value>,
}

/// Why a tool gives no answer.
pub enum Failure {
    /// The model reads this: what was expected, what was found, what to do.
    Tool(String),
    /// The call was cancelled, or its time is up.
    Cancelled,
}

impl Answer {
    pub fn text(text: impl Into<String>) -> Self {
        Answer {
            text: text.into(),
            structured: None,
        }
    }

    /// A JSON object for programs; the model reads it as text.
    pub fn structured(value: Value) -> Self {
        Answer {
            text: value.to_string(),
            structured: Some(value),
        }
    }
}

impl Call {
    pub(super) fn new(host: Host, id: u64) -> Self {
        Call {
            host,
            id,
            has_ended: false,
        }
    }

    /// True once the call was cancelled, passed its deadline, or ended.
    pub fn is_cancelled(&self) -> bool {
        self.host.is_cancelled(self.id)
    }

    /// Says how far the call has come; `done` must rise. A total of 0 means that it is not known.
    pub fn progress(&self, done: f64, total: f64, message: &str) {
        self.host.progress(self.id, done, total, message);
    }

    /// Writes a line to the operator's log and, when the client asked for such lines, to the client.
    pub fn log(&self, level: Level, message: &str) {
        self.host.log_for(self.id, level, message);
    }

    pub(super) fn end(mut self, outcome: Result<Answer, Failure>) {
        match outcome {
            Ok(answer) => self.complete(answer.text, answer.structured, false),
            Err(Failure::Tool(reason)) => self.complete(reason, None, true),
            Err(Failure::Cancelled) => {
                self.has_ended = true;
                self.host.complete(self.id, abi::CANCELLED, String::new());
            }
        }
    }

    /// Ends the call with a protocol error: the request itself could not be served.
    pub(super) fn refuse(mut self, code: i64, message: &str) {
        self.has_ended = true;
        let error = Value::object([
            ("code", Value::from(code)),
            ("message", Value::from(message)),
        ]);
        self.host.complete(self.id, abi::ERROR, error.to_string());
    }

    fn complete(&mut self, text: String, structured: Option<Value>, is_error: bool) {
        self.has_ended = true;
        let block = Value::object([("type", Value::from("text")), ("text", Value::from(text))]);
        let mut result = vec![("content", Value::Array(vec![block]))];
        result.extend(structured.map(|value| ("structuredContent", value)));
        if is_error {
            result.push(("isError", Value::Bool(true)));
        }
        self.host
            .complete(self.id, abi::OK, Value::object(result).to_string());
    }
}

impl Drop for Call {
    /// Comes early only when a tool panicked or no thread could be had.
    fn drop(&mut self) {
        if !self.has_ended {
            self.complete(
                "The tool failed unexpectedly. The operator's log says why.".into(),
                None,
                true,
            );
        }
    }
}
