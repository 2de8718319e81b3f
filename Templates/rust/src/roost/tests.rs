//! A plugin through the functions a host calls, with a host that only keeps what it is told.

use super::abi;
use super::{create, Answer, Call, Contents, Descriptor, Failure, Host, Message};
use super::{Plugin, Prompt, PromptArgument, Resource, ResourceTemplate, Tool, Uri, Value};
use std::ffi::{c_char, c_void};
use std::sync::mpsc::{channel, Receiver, Sender};

struct Notes;

impl Plugin for Notes {
    const DESCRIPTOR: Descriptor = Descriptor {
        id: c"dev.example.notes",
        name: c"notes",
        version: c"1.0.0",
        max_concurrent_calls: 0,
    };
    const DESCRIPTION: &'static str = "Keeps notes.";

    fn create(_host: Host, _config: Value) -> Result<Self, String> {
        Ok(Notes)
    }

    fn tools() -> Vec<Tool<Self>> {
        vec![Tool {
            name: "count",
            description: "Counts notes.",
            input_schema: r#"{"type":"object"}"#,
            read_only: true,
            run: |_, _, _| Ok(Answer::text("2")),
        }]
    }

    fn resources() -> Vec<Resource<Self>> {
        vec![Resource {
            uri: "notes://picture",
            name: "picture",
            description: "A picture.",
            mime_type: "image/png",
            read: |_, _| Ok(Contents::Blob(vec![1, 2, 3])),
        }]
    }

    fn resource_templates() -> Vec<ResourceTemplate<Self>> {
        vec![ResourceTemplate {
            uri_template: "notes://{day}/text",
            name: "note",
            description: "The note of a day.",
            mime_type: "text/plain",
            read: Notes::read,
        }]
    }

    fn prompts() -> Vec<Prompt<Self>> {
        vec![Prompt {
            name: "review",
            description: "Reviews a note.",
            arguments: &[PromptArgument {
                name: "day",
                description: "Which one",
                is_required: true,
            }],
            write: |_, given, _| {
                let day = given["day"].as_str().unwrap_or_default();
                Ok(vec![
                    Message::User(format!("Review {day}.")),
                    Message::Assistant("Gladly.".into()),
                ])
            },
        }]
    }
}

impl Notes {
    fn read(&self, uri: &Uri, _call: &Call) -> Result<Contents, Failure> {
        match &uri["day"] {
            "today" => Ok(Contents::Text("Rain.".into())),
            "broken" => Err(Failure::Tool("the page is torn".into())),
            "panic" => panic!("no such page"),
            _ => Err(Failure::NotFound),
        }
    }
}

type Ending = (u64, i32, String);

/// Leaks what it is made of: a plugin is never unloaded either.
fn run(requests: &[(&str, &str, &str)]) -> (Value, Vec<(i32, Value)>) {
    let (sender, receiver): (Sender<Ending>, Receiver<Ending>) = channel();
    let host = Box::leak(Box::new(abi::HostTable {
        size: std::mem::size_of::<abi::HostTable>() as u32,
        abi_major: abi::ABI_MAJOR,
        abi_minor: abi::ABI_MINOR,
        context: Box::into_raw(Box::new(sender)).cast(),
        name: c"test".as_ptr(),
        version: c"1".as_ptr(),
        alias: abi::View::of("notes"),
        data_directory: abi::View::of("/tmp"),
        complete,
        is_cancelled,
        get_extension,
    }));
    // SAFETY: the host lives until every call has ended, which is waited for; the plugin copies a request before `call` returns.
    unsafe {
        let plugin = create::<Notes>(host, abi::View::of("{}"));
        assert_eq!(((*plugin).start)(plugin), abi::OK);
        let manifest = Value::parse(&((*plugin).manifest)(plugin).to_text()).unwrap();
        for (id, (method, target, arguments)) in requests.iter().enumerate() {
            let request = abi::Request {
                size: std::mem::size_of::<abi::Request>() as u32,
                flags: 0,
                method: abi::View::of(method),
                target: abi::View::of(target),
                arguments: abi::View::of(arguments),
                input_responses: abi::View::EMPTY,
                state: abi::View::EMPTY,
                context: abi::View::EMPTY,
                deadline_ns: 0,
            };
            ((*plugin).call)(plugin, id as u64, &request);
        }
        let mut endings: Vec<Ending> = requests.iter().map(|_| receiver.recv().unwrap()).collect();
        endings.sort_by_key(|ending| ending.0);
        ((*plugin).stop)(plugin);
        ((*plugin).destroy)(plugin);
        let results = endings.into_iter();
        let results = results.map(|(_, status, text)| (status, Value::parse(&text).unwrap()));
        (manifest, results.collect())
    }
}

unsafe extern "C" fn complete(
    host: *const abi::HostTable,
    call: u64,
    status: i32,
    result: abi::Buffer,
) -> i32 {
    // SAFETY: the context is the sender of `run`; the buffer is moved here and released once.
    unsafe {
        let view = abi::View {
            data: result.data,
            size: result.size,
        };
        let text = view.to_text();
        if let Some(release) = result.release {
            release(result.context);
        }
        let sender = &*(*host).context.cast::<Sender<Ending>>();
        sender.send((call, status, text)).unwrap();
    }
    abi::OK
}

unsafe extern "C" fn is_cancelled(_host: *const abi::HostTable, _call: u64) -> bool {
    false
}

unsafe extern "C" fn get_extension(
    _host: *const abi::HostTable,
    _id: *const c_char,
) -> *const c_void {
    std::ptr::null()
}

#[test]
fn the_manifest_lists_what_is_served() {
    let (manifest, _) = run(&[]);
    let name = Notes::DESCRIPTOR.name.to_str().ok();
    assert_eq!(manifest["name"].as_str(), name);
    let lists = ["tools", "resources", "resourceTemplates", "prompts"];
    assert!(lists
        .iter()
        .all(|list| manifest[list].as_array().len() == 1));
    let prompt = &manifest["prompts"].as_array()[0]["arguments"].as_array()[0];
    assert_eq!(prompt["required"], Value::Bool(true));
}

#[test]
fn each_method_answers_as_mcp_wants_it() {
    let (_, results) = run(&[
        ("tools/call", "count", "{}"),
        ("resources/read", "notes://picture", "{}"),
        ("resources/read", "notes://today/text", "{}"),
        ("prompts/get", "review", r#"{"day":"today"}"#),
    ]);
    let texts = [
        r#"{"content":[{"type":"text","text":"2"}]}"#,
        r#"{"contents":[{"uri":"notes://picture","mimeType":"image/png","blob":"AQID"}]}"#,
        r#"{"contents":[{"uri":"notes://today/text","mimeType":"text/plain","text":"Rain."}]}"#,
        concat!(
            r#"{"description":"Reviews a note.","messages":["#,
            r#"{"role":"user","content":{"type":"text","text":"Review today."}},"#,
            r#"{"role":"assistant","content":{"type":"text","text":"Gladly."}}]}"#
        ),
    ];
    for ((status, result), text) in results.iter().zip(texts) {
        assert_eq!((*status, result.to_string().as_str()), (abi::OK, text));
    }
}

#[test]
fn what_cannot_be_served_is_an_error_of_the_request() {
    let (_, results) = run(&[
        ("resources/read", "notes://never/text", "{}"),
        ("resources/read", "other://page", "{}"),
        ("resources/read", "notes://broken/text", "{}"),
        ("resources/read", "notes://panic/text", "{}"),
        ("prompts/get", "review", "{}"),
        ("prompts/get", "other", "{}"),
        ("tools/call", "other", "{}"),
        ("completion/complete", "review", "{}"),
    ]);
    let codes = [
        -32602, -32602, -32603, -32603, -32602, -32602, -32602, -32602,
    ];
    for ((status, error), code) in results.iter().zip(codes) {
        assert_eq!((*status, error["code"].as_i64()), (abi::ERROR, Some(code)));
    }
    assert_eq!(
        results[0].1["data"]["uri"].as_str(),
        Some("notes://never/text")
    );
    assert_eq!(results[2].1["message"].as_str(), Some("the page is torn"));
}
