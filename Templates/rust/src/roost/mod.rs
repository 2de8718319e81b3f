//! Roost for Rust, without a crate: the C contract (`abi`), and a safe side of it.
//!
//! Nothing outside of this folder needs `unsafe`. It is part of your project and yours to change.

#![allow(dead_code, unused_imports)] // a plugin rarely uses all of it

pub mod abi;
mod call;
mod host;
mod json;
mod plugin;
mod prompt;
mod resource;
#[cfg(test)]
mod tests;

pub use call::{Answer, Call, Failure};
pub use host::{Host, Level};
pub use json::Value;
pub use plugin::{create, descriptor, Descriptor, Plugin, Tool};
pub use prompt::{Message, Prompt, PromptArgument};
pub use resource::{Contents, Resource, ResourceTemplate, Uri};

/// Exports a plugin: the one symbol that a host looks for.
macro_rules! export {
    ($plugin:ty) => {
        #[no_mangle]
        pub extern "C" fn roost_plugin_entry_v1() -> *const $crate::roost::abi::Entry {
            static DESCRIPTOR: $crate::roost::abi::Descriptor =
                $crate::roost::descriptor::<$plugin>();
            static ENTRY: $crate::roost::abi::Entry =
                $crate::roost::abi::Entry::new(&DESCRIPTOR, $crate::roost::create::<$plugin>);
            &ENTRY
        }
    };
}
pub(crate) use export;
