//! The C contract of Roost, version 1, field by field as `include/roost/*.h` has it.
//!
//! The layouts are checked at compile time, at the end. Names are those of the headers without `roost_`.

use std::ffi::{c_char, c_void};
use std::mem::{offset_of, size_of};

pub const ABI_MAJOR: u16 = 1;
pub const ABI_MINOR: u16 = 1;

pub const OK: i32 = 0;
pub const ERROR: i32 = 1;
pub const CANCELLED: i32 = 2;

/// Borrowed bytes; `data` may be null when `size` is 0.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct View {
    pub data: *const u8,
    pub size: usize,
}

/// Owned bytes: the receiver calls `release(context)` once, on any thread.
#[repr(C)]
pub struct Buffer {
    pub data: *const u8,
    pub size: usize,
    pub context: *mut c_void,
    pub release: Option<unsafe extern "C" fn(*mut c_void)>,
}

#[repr(C)]
pub struct HostTable {
    pub size: u32,
    pub abi_major: u16,
    pub abi_minor: u16,
    pub context: *mut c_void,
    pub name: *const c_char,
    pub version: *const c_char,
    pub alias: View,
    pub data_directory: View,
    pub complete: unsafe extern "C" fn(*const HostTable, u64, i32, Buffer) -> i32,
    pub is_cancelled: unsafe extern "C" fn(*const HostTable, u64) -> bool,
    pub get_extension: unsafe extern "C" fn(*const HostTable, *const c_char) -> *const c_void,
}

/// `ext/log.h`
#[repr(C)]
pub struct LogTable {
    pub size: u32,
    pub reserved: u32,
    pub is_enabled: unsafe extern "C" fn(*const HostTable, u64, i32) -> bool,
    pub write: unsafe extern "C" fn(*const HostTable, u64, i32, View, View),
}

/// `ext/progress.h`
#[repr(C)]
pub struct ProgressTable {
    pub size: u32,
    pub reserved: u32,
    pub report: unsafe extern "C" fn(*const HostTable, u64, f64, f64, View) -> i32,
}

#[repr(C)]
pub struct Descriptor {
    pub size: u32,
    pub max_concurrent_calls: u32,
    pub id: *const c_char,
    pub name: *const c_char,
    pub version: *const c_char,
    pub toolchain: *const c_char,
}

#[repr(C)]
pub struct Request {
    pub size: u32,
    pub flags: u32,
    pub method: View,
    pub target: View,
    pub arguments: View,
    pub input_responses: View,
    pub state: View,
    pub context: View,
    pub deadline_ns: u64,
}

#[repr(C)]
pub struct PluginTable {
    pub size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub start: unsafe extern "C" fn(*const PluginTable) -> i32,
    pub stop: unsafe extern "C" fn(*const PluginTable),
    pub destroy: unsafe extern "C" fn(*const PluginTable),
    pub manifest: unsafe extern "C" fn(*const PluginTable) -> View,
    pub call: unsafe extern "C" fn(*const PluginTable, u64, *const Request),
    pub cancel: unsafe extern "C" fn(*const PluginTable, u64),
    pub get_extension: unsafe extern "C" fn(*const PluginTable, *const c_char) -> *const c_void,
}

pub type Create = unsafe extern "C" fn(*const HostTable, View) -> *const PluginTable;

#[repr(C)]
pub struct Entry {
    pub size: u32,
    pub abi_major: u16,
    pub abi_minor: u16,
    pub descriptor: *const Descriptor,
    pub create: Create,
}

// SAFETY: both are only ever statics that nobody writes, and lead to statics.
unsafe impl Sync for Descriptor {}
unsafe impl Sync for Entry {}

impl Entry {
    pub const fn new(descriptor: &'static Descriptor, create: Create) -> Self {
        Entry {
            size: size_of::<Entry>() as u32,
            abi_major: ABI_MAJOR,
            abi_minor: ABI_MINOR,
            descriptor,
            create,
        }
    }
}

impl View {
    pub const EMPTY: View = View {
        data: std::ptr::null(),
        size: 0,
    };

    /// Lends text; valid for as long as the text.
    pub fn of(text: &str) -> View {
        View {
            data: text.as_ptr(),
            size: text.len(),
        }
    }

    /// A copy as text; what is no UTF-8 is replaced.
    ///
    /// # Safety
    /// The bytes behind the view must be valid for the time of the call.
    pub unsafe fn to_text(self) -> String {
        if self.size == 0 {
            return String::new();
        }
        // SAFETY: not null when the size is not 0, by the contract; the caller keeps the bytes valid.
        let bytes = unsafe { std::slice::from_raw_parts(self.data, self.size) };
        String::from_utf8_lossy(bytes).into_owned()
    }
}

impl Buffer {
    /// Hands text over; whoever receives the buffer frees it.
    pub fn of(text: String) -> Buffer {
        let text = Box::new(text);
        let (data, size) = (text.as_ptr(), text.len());
        Buffer {
            data,
            size,
            context: Box::into_raw(text).cast(),
            release: Some(release_text),
        }
    }
}

unsafe extern "C" fn release_text(context: *mut c_void) {
    // SAFETY: `context` came from Box::into_raw in Buffer::of, and is released once, by the contract.
    drop(unsafe { Box::from_raw(context.cast::<String>()) });
}

const _: () = {
    assert!(
        size_of::<View>() == 16 && size_of::<Buffer>() == 32 && offset_of!(Buffer, release) == 24
    );
    assert!(size_of::<HostTable>() == 88 && offset_of!(HostTable, alias) == 32);
    assert!(offset_of!(HostTable, complete) == 64 && offset_of!(HostTable, get_extension) == 80);
    assert!(size_of::<LogTable>() == 24 && size_of::<ProgressTable>() == 16);
    assert!(size_of::<Descriptor>() == 40 && offset_of!(Descriptor, toolchain) == 32);
    assert!(size_of::<Request>() == 112 && offset_of!(Request, arguments) == 40);
    assert!(offset_of!(Request, context) == 88 && offset_of!(Request, deadline_ns) == 104);
    assert!(size_of::<PluginTable>() == 72 && offset_of!(PluginTable, call) == 48);
    assert!(size_of::<Entry>() == 24 && offset_of!(Entry, create) == 16);
};
