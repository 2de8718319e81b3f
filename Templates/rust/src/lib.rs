//! What this library serves.

#![deny(unsafe_op_in_unsafe_fn)]

mod roost;

use roost::{Answer, Call, Descriptor, Failure, Host, Plugin, Tool, Value};

struct Greeter;

impl Plugin for Greeter {
    const DESCRIPTOR: Descriptor = Descriptor {
        id: c"dev.example.greeter",
        name: c"greeter",
        version: c"0.1.0",
        max_concurrent_calls: 0,
    };
    const DESCRIPTION: &'static str = "Greets people.";

    fn create(_host: Host, _config: Value) -> Result<Self, String> {
        Ok(Greeter)
    }

    fn tools() -> Vec<Tool<Self>> {
        vec![Tool {
            name: "greet",
            description: "Greets somebody by name.",
            // The host checks every call's arguments by this schema before they come here.
            input_schema: r#"{
                "type": "object",
                "properties": {
                    "name": {
                        "type": "string", "description": "Who to greet, for example Ada",
                        "minLength": 1, "maxLength": 80
                    },
                    "times": {
                        "type": "integer", "description": "How often to greet",
                        "minimum": 1, "maximum": 10, "default": 1
                    }
                },
                "required": ["name"],
                "additionalProperties": false
            }"#,
            read_only: true,
            run: Self::greet,
        }]
    }
}

impl Greeter {
    /// Runs on a thread of its own, so it may block; long work asks `call.is_cancelled()` now and then.
    fn greet(&self, arguments: &Value, _call: &Call) -> Result<Answer, Failure> {
        let name = arguments["name"].as_str().unwrap_or_default();
        let times = arguments["times"].as_i64().unwrap_or(1);
        // What no schema can say is refused here, in words a model can act on.
        if !name.contains(char::is_alphabetic) {
            return Err(Failure::Tool(format!(
                "Expected a name with a letter in it, found \"{name}\". Give one such as Ada."
            )));
        }
        let greetings: Vec<String> = (0..times).map(|_| format!("Hello, {name}!")).collect();
        Ok(Answer::text(greetings.join("\n")))
    }
}

roost::export!(Greeter);
