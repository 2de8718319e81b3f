//! What a plugin is, and the functions through which a host reaches it.

use super::abi;
use super::call::{Answer, Call, Failure};
use super::host::{Host, Level};
use super::json::Value;
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
    tools: Vec<Tool<P>>,
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
        let tools = P::tools();
        (manifest_text(&tools), tools)
    });
    let Some((manifest, tools)) = described else {
        return std::ptr::null();
    };
    let (table, plugin) = (functions::<P>(), Arc::new(plugin));
    let instance = Box::into_raw(Box::new(Instance {
        table,
        plugin,
        tools,
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

fn manifest_text<P: Plugin>(tools: &[Tool<P>]) -> String {
    let text = |text: &CStr| Value::from(text.to_string_lossy().as_ref());
    let tools = tools.iter().map(|tool| {
        Value::object([
            ("name", Value::from(tool.name)),
            ("description", Value::from(tool.description)),
            (
                "inputSchema",
                Value::parse(tool.input_schema).expect("input_schema is JSON"),
            ),
            (
                "annotations",
                Value::object([("readOnlyHint", Value::Bool(tool.read_only))]),
            ),
        ])
    });
    let manifest = Value::object([
        ("id", text(P::DESCRIPTOR.id)),
        ("name", text(P::DESCRIPTOR.name)),
        ("version", text(P::DESCRIPTOR.version)),
        ("description", Value::from(P::DESCRIPTION)),
        ("tools", Value::Array(tools.collect())),
    ]);
    manifest.to_string()
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
    let call = Call::new(host.clone(), id);
    let tool = instance
        .tools
        .iter()
        .find(|tool| method == "tools/call" && tool.name == target);
    let Some(run) = tool.map(|tool| tool.run) else {
        return call.refuse(-32602, &format!("there is no tool {target}"));
    };
    let work = move || {
        guarded(&host, || match Value::parse(&arguments) {
            Ok(arguments) => {
                let outcome = run(&plugin, &arguments, &call);
                call.end(outcome);
            }
            Err(reason) => call.refuse(-32602, &reason),
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
