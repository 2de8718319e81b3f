//! One call, and how it ends.

use super::abi;
use super::host::{Host, Level};
use super::json::Value;

/// Codes of JSON-RPC.
pub(super) const INVALID_PARAMS: i64 = -32602;
const INTERNAL_ERROR: i64 = -32603;

/// An open call. It ends when it is dropped, at the latest: no client waits for ever.
pub struct Call {
    host: Host,
    id: u64,
    /// A tool's failure is an answer, which the model reads; anything else fails as a request.
    is_tool: bool,
    has_ended: bool,
}

/// What a tool answers.
pub struct Answer {
    text: String,
    structured: Option<Value>,
}

/// Why there is no answer.
pub enum Failure {
    /// The model reads this of a tool, the client of anything else: what was expected, what was found, what to do.
    Tool(String),
    /// The request asks for what cannot be asked for.
    Invalid(String),
    /// There is no resource of that URI.
    NotFound,
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

    /// The result of tools/call.
    pub(super) fn result(self, is_error: bool) -> Value {
        let text = Value::from(self.text);
        let block = Value::object([("type", Value::from("text")), ("text", text)]);
        let mut result = vec![("content", Value::Array(vec![block]))];
        result.extend(self.structured.map(|value| ("structuredContent", value)));
        if is_error {
            result.push(("isError", Value::Bool(true)));
        }
        Value::object(result)
    }
}

impl Call {
    pub(super) fn new(host: Host, id: u64, is_tool: bool) -> Self {
        Call {
            host,
            id,
            is_tool,
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

    /// Ends the call; `target` is what it was to.
    pub(super) fn end(mut self, target: &str, outcome: Result<Value, Failure>) {
        match outcome {
            Ok(result) => self.complete(abi::OK, result),
            Err(Failure::Tool(reason)) if self.is_tool => {
                self.complete(abi::OK, Answer::text(reason).result(true));
            }
            Err(Failure::Tool(reason)) => self.refuse(INTERNAL_ERROR, &reason),
            Err(Failure::Invalid(reason)) => self.refuse(INVALID_PARAMS, &reason),
            Err(Failure::NotFound) => {
                let error = Value::object([
                    ("code", Value::from(INVALID_PARAMS)),
                    (
                        "message",
                        Value::from(format!("Resource not found: {target}")),
                    ),
                    ("data", Value::object([("uri", Value::from(target))])),
                ]);
                self.complete(abi::ERROR, error);
            }
            Err(Failure::Cancelled) => {
                self.has_ended = true;
                self.host.complete(self.id, abi::CANCELLED, String::new());
            }
        }
    }

    /// Ends the call with a protocol error: the request itself could not be served.
    pub(super) fn refuse(&mut self, code: i64, message: &str) {
        let error = Value::object([
            ("code", Value::from(code)),
            ("message", Value::from(message)),
        ]);
        self.complete(abi::ERROR, error);
    }

    fn complete(&mut self, status: i32, result: Value) {
        self.has_ended = true;
        self.host.complete(self.id, status, result.to_string());
    }
}

impl Drop for Call {
    /// Comes early only when the plugin panicked or no thread could be had.
    fn drop(&mut self) {
        if self.has_ended {
            return;
        }
        let reason = "This failed unexpectedly. The operator's log says why.";
        if self.is_tool {
            self.complete(abi::OK, Answer::text(reason).result(true));
        } else {
            self.refuse(INTERNAL_ERROR, reason);
        }
    }
}
