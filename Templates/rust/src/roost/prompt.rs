//! Messages that a client's user can pick and send to the model.

use super::call::{Call, Failure};
use super::json::Value;

pub struct Prompt<P> {
    pub name: &'static str,
    pub description: &'static str,
    pub arguments: &'static [PromptArgument],
    /// Writes the messages. What the user gave stands in the object, all of it text; required arguments are there.
    pub write: fn(&P, &Value, &Call) -> Result<Vec<Message>, Failure>,
}

pub struct PromptArgument {
    pub name: &'static str,
    pub description: &'static str,
    pub is_required: bool,
}

/// What one side says.
pub enum Message {
    User(String),
    Assistant(String),
}

impl<P> Prompt<P> {
    pub(super) fn definition(&self) -> Value {
        let arguments = self.arguments.iter().map(|argument| {
            Value::object([
                ("name", Value::from(argument.name)),
                ("description", Value::from(argument.description)),
                ("required", Value::Bool(argument.is_required)),
            ])
        });
        Value::object([
            ("name", Value::from(self.name)),
            ("description", Value::from(self.description)),
            ("arguments", Value::Array(arguments.collect())),
        ])
    }

    /// The result of prompts/get. No host looks at a prompt's arguments, so it is done here.
    pub(super) fn result(&self, plugin: &P, given: &Value, call: &Call) -> Result<Value, Failure> {
        for argument in self
            .arguments
            .iter()
            .filter(|argument| argument.is_required)
        {
            if given[argument.name].as_str().is_none() {
                return Err(Failure::Invalid(format!(
                    "the prompt {} expects the argument {}, which is missing",
                    self.name, argument.name
                )));
            }
        }
        let messages = (self.write)(plugin, given, call)?
            .into_iter()
            .map(|message| {
                let (role, text) = match message {
                    Message::User(text) => ("user", text),
                    Message::Assistant(text) => ("assistant", text),
                };
                let content =
                    Value::object([("type", Value::from("text")), ("text", Value::from(text))]);
                Value::object([("role", Value::from(role)), ("content", content)])
            });
        Ok(Value::object([
            ("description", Value::from(self.description)),
            ("messages", Value::Array(messages.collect())),
        ]))
    }
}
