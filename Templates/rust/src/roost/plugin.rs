//! What a plugin is, and the functions through which a host reaches it.

use super::abi;
use super::call::{Answer, Call, Failure, INVALID_PARAMS};
use super::host::{Host, Level};
use super::json::Value;
use super::prompt::Prompt;
use super::resource::{Resource, ResourceTemplate, Uri};
use std::ffi::{c_char, c_void, CStr};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::Arc;

/// Who the plugin is; the same for every instance.
pub struct Descriptor {
    /// Reverse DNS, stable for ever.
    pub id: &'static CStr,
    pub name: &'static CStr,
    pub version: &'static CStr,
    /// The most calls it takes at once. 0: no limit of its own.
    pub max_concurrent_calls: u32,
}

/// A plugin. Calls run on threads of their own, several at once, so what they share is behind `&self` and locks.
pub trait Plugin: Send + Sync + Sized + 'static {
    const DESCRIPTOR: Descriptor;
    /// One sentence about the plugin.
    const DESCRIPTION: &'static str;

    /// Makes an instance; quick and without side effects. `config` is the plugin's `config:` in host.yaml.
    fn create(host: Host, config: Value) -> Result<Self, String>;

    /// The tools in the order clients see them.
    fn tools() -> Vec<Tool<Self>>;

    /// What clients read under fixed URIs.
    fn resources() -> Vec<Resource<Self>> {
        Vec::new()
    }

    /// Families of resources, by the pattern of their URIs.
    fn resource_templates() -> Vec<ResourceTemplate<Self>> {
        Vec::new()
    }

    /// Messages that a user can pick and send to the model.
    fn prompts() -> Vec<Prompt<Self>> {
        Vec::new()
    }

    /// Opens what the plugin needs; comes before the first call.
    fn start(&self) -> Result<(), String> {
        Ok(())
    }

    /// Closes it again; comes when no call is open, or when the host waited long enough.
    fn stop(&self) {}
}

/// One thing a model can do.
pub struct Tool<P> {
    pub name: &'static str,
    /// What it does and when to use it, for the model.
    pub description: &'static str,
    /// A JSON Schema of type object. The host checks arguments by it.
    pub input_schema: &'static str,
    /// True when a call changes nothing.
    pub read_only: bool,
    pub run: fn(&P, &Value, &Call) -> Result<Answer, Failure>,
}

/// An instance, at the address the host knows it by.
struct Instance<P> {
    table: abi::PluginTable,
    plugin: Arc<P>,
    served: Arc<Served<P>>,
    host: Host,
    manifest: String,
}

pub const fn descriptor<P: Plugin>() -> abi::Descriptor {
    abi::Descriptor {
        size: std::mem::size_of::<abi::Descriptor>() as u32,
        max_concurrent_calls: P::DESCRIPTOR.max_concurrent_calls,
        id: P::DESCRIPTOR.id.as_ptr(),
        name: P::DESCRIPTOR.name.as_ptr(),
        version: P::DESCRIPTOR.version.as_ptr(),
        toolchain: std::ptr::null(), // Rust has no runtime to share
    }
}

/// # Safety
/// A host calls it, with a table that outlives the instance.
pub unsafe extern "C" fn create<P: Plugin>(
    table: *const abi::HostTable,
    config: abi::View,
) -> *const abi::PluginTable {
    // SAFETY: see above; the configuration lives until this returns.
    let (host, config) = unsafe { (Host::new(table), config.to_text()) };
    let made = guarded(&host, || P::create(host.clone(), Value::parse(&config)?));
    let plugin = match made.unwrap_or_else(|| Err("it panicked".into())) {
        Ok(plugin) => plugin,
        Err(reason) => {
            host.log(
                Level::Error,
                &format!("the plugin could not be made: {reason}"),
            );
            return std::ptr::null();
        }
    };
    let described = guarded(&host, || {
        let served = Served::of();
        (served.manifest_text(), Arc::new(served))
    });
    let Some((manifest, served)) = described else {
        return std::ptr::null();
    };
    let (table, plugin) = (functions::<P>(), Arc::new(plugin));
    let instance = Box::into_raw(Box::new(Instance {
        table,
        plugin,
        served,
        host,
        manifest,
    }));
    // SAFETY: the box was just made; nobody else knows it.
    unsafe {
        (*instance).table.context = instance.cast();
        &raw const (*instance).table
    }
}

fn functions<P: Plugin>() -> abi::PluginTable {
    abi::PluginTable {
        size: std::mem::size_of::<abi::PluginTable>() as u32,
        reserved: 0,
        context: std::ptr::null_mut(),
        start: start::<P>,
        stop: stop::<P>,
        destroy: destroy::<P>,
        manifest: manifest::<P>,
        call: call::<P>,
        cancel,
        get_extension,
    }
}

/// Everything that a plugin serves.
struct Served<P> {
    tools: Vec<Tool<P>>,
    resources: Vec<Resource<P>>,
    templates: Vec<ResourceTemplate<P>>,
    prompts: Vec<Prompt<P>>,
}

impl<P: Plugin> Served<P> {
    fn of() -> Self {
        Served {
            tools: P::tools(),
            resources: P::resources(),
            templates: P::resource_templates(),
            prompts: P::prompts(),
        }
    }

    fn manifest_text(&self) -> String {
        let text = |text: &CStr| Value::from(text.to_string_lossy().as_ref());
        let tools = self.tools.iter().map(Tool::definition);
        let mut manifest = vec![
            ("id", text(P::DESCRIPTOR.id)),
            ("name", text(P::DESCRIPTOR.name)),
            ("version", text(P::DESCRIPTOR.version)),
            ("description", Value::from(P::DESCRIPTION)),
            ("tools", Value::Array(tools.collect())),
        ];
        // A list that is there says that the plugin has such things.
        let resources = self.resources.iter().map(Resource::definition).collect();
        let templates = self
            .templates
            .iter()
            .map(ResourceTemplate::definition)
            .collect();
        let prompts = self.prompts.iter().map(Prompt::definition).collect();
        let further = [
            ("resources", resources),
            ("resourceTemplates", templates),
            ("prompts", prompts),
        ];
        manifest.extend(
            further
                .into_iter()
                .filter(|(_, list): &(&str, Vec<Value>)| !list.is_empty())
                .map(|(name, list)| (name, Value::Array(list))),
        );
        Value::object(manifest).to_string()
    }

    /// Does what a request asks for: the result of its method.
    fn answer(
        &self,
        plugin: &P,
        (method, target): (&str, &str),
        arguments: &Value,
        call: &Call,
    ) -> Result<Value, Failure> {
        match method {
            "tools/call" => match self.tools.iter().find(|tool| tool.name == target) {
                Some(tool) => Ok((tool.run)(plugin, arguments, call)?.result(false)),
                None => Err(Failure::Invalid(format!("there is no tool {target}"))),
            },
            "resources/read" => self.read(plugin, target, call),
            "prompts/get" => match self.prompts.iter().find(|prompt| prompt.name == target) {
                Some(prompt) => prompt.result(plugin, arguments, call),
                None => Err(Failure::Invalid(format!("there is no prompt {target}"))),
            },
            _ => Err(Failure::Invalid(format!("{method} is not served"))),
        }
    }

    fn read(&self, plugin: &P, uri: &str, call: &Call) -> Result<Value, Failure> {
        if let Some(found) = self.resources.iter().find(|resource| resource.uri == uri) {
            return Ok((found.read)(plugin, call)?.result(uri, found.mime_type));
        }
        for template in &self.templates {
            if let Some(parsed) = Uri::parse(uri, template.uri_template) {
                let contents = (template.read)(plugin, &parsed, call)?;
                return Ok(contents.result(uri, template.mime_type));
            }
        }
        Err(Failure::NotFound)
    }
}

impl<P> Tool<P> {
    fn definition(&self) -> Value {
        let schema = Value::parse(self.input_schema).expect("input_schema is JSON");
        let annotations = Value::object([("readOnlyHint", Value::Bool(self.read_only))]);
        Value::object([
            ("name", Value::from(self.name)),
            ("description", Value::from(self.description)),
            ("inputSchema", schema),
            ("annotations", annotations),
        ])
    }
}

/// # Safety
/// `table` must be one that `create::<P>` returned, and not destroyed.
unsafe fn instance<'a, P>(table: *const abi::PluginTable) -> &'a Instance<P> {
    // SAFETY: create put the instance's own address there; nobody writes to an instance before destroy.
    unsafe { &*(*table).context.cast::<Instance<P>>() }
}

unsafe extern "C" fn start<P: Plugin>(table: *const abi::PluginTable) -> i32 {
    // SAFETY: the host calls with the table it was given.
    let instance = unsafe { instance::<P>(table) };
    match guarded(&instance.host, || instance.plugin.start()) {
        Some(Ok(())) => abi::OK,
        Some(Err(reason)) => {
            instance.host.log(Level::Error, &reason);
            abi::ERROR
        }
        None => abi::ERROR,
    }
}

unsafe extern "C" fn stop<P: Plugin>(table: *const abi::PluginTable) {
    // SAFETY: the host calls with the table it was given.
    let instance = unsafe { instance::<P>(table) };
    guarded(&instance.host, || instance.plugin.stop());
}

unsafe extern "C" fn destroy<P: Plugin>(table: *const abi::PluginTable) {
    // SAFETY: the box came from create, and the host uses it no more. Threads that still run hold the plugin, not the box.
    let instance = unsafe { Box::from_raw((*table).context.cast::<Instance<P>>()) };
    instance.host.forget();
}

unsafe extern "C" fn manifest<P: Plugin>(table: *const abi::PluginTable) -> abi::View {
    // SAFETY: the host calls with the table it was given; the text lives as long as the instance.
    abi::View::of(unsafe { &instance::<P>(table).manifest })
}

unsafe extern "C" fn call<P: Plugin>(
    table: *const abi::PluginTable,
    id: u64,
    request: *const abi::Request,
) {
    // SAFETY: the host calls with the table it was given; the request lives until the call is completed.
    let (instance, method, target, arguments) = unsafe {
        let request = &*request;
        (
            instance::<P>(table),
            request.method.to_text(),
            request.target.to_text(),
            request.arguments.to_text(),
        )
    };
    let (host, plugin) = (instance.host.clone(), instance.plugin.clone());
    let served = instance.served.clone();
    let mut call = Call::new(host.clone(), id, method == "tools/call");
    let work = move || {
        guarded(&host, || match Value::parse(&arguments) {
            Ok(arguments) => {
                let outcome = served.answer(&plugin, (&method, &target), &arguments, &call);
                call.end(&target, outcome);
            }
            Err(reason) => call.refuse(INVALID_PARAMS, &reason),
        });
    };
    // Without a thread the closure is dropped, and the call in it ends itself.
    drop(std::thread::Builder::new().spawn(work));
}

/// Tools ask `is_cancelled`, which needs no message.
unsafe extern "C" fn cancel(_table: *const abi::PluginTable, _id: u64) {}

unsafe extern "C" fn get_extension(
    _table: *const abi::PluginTable,
    _id: *const c_char,
) -> *const c_void {
    std::ptr::null()
}

/// Keeps a panic on this side of the boundary: None when there was one. The log then says what it was.
fn guarded<Result>(host: &Host, body: impl FnOnce() -> Result) -> Option<Result> {
    catch_unwind(AssertUnwindSafe(body))
        .map_err(|panic| {
            let text = panic.downcast_ref::<&str>().map(|text| text.to_string());
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
            host.log(
                Level::Error,
                &format!("a panic was caught: {}", text.unwrap_or_default()),
            );
        })
        .ok()
}
