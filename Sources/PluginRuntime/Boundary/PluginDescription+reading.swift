import CRoost
import Glibc

extension PluginDescription {
    /// Reads what an entry leads to, as far as its version and sizes promise that it is there.
    ///
    /// Invariant: the entry is what a library's entry function returned: a constant that lives as long as the process. A library
    /// that lies about it faults here, which is why only a cell reads an unknown one.
    init(reading entry: UnsafePointer<roost_plugin_entry>) {
        // Invariant: size, abi_major and abi_minor stand first in every major version.
        let bytes = UnsafeRawPointer(entry)
        entrySize = bytes.load(as: UInt32.self)
        abiMajor = entrySize >= 8 ? bytes.load(fromByteOffset: 4, as: UInt16.self) : 0
        abiMinor = entrySize >= 8 ? bytes.load(fromByteOffset: 6, as: UInt16.self) : 0
        guard abiMajor == ABI.major, entrySize >= ABI.entrySize else { return }
        // The header promises that these are not NULL, and Swift believes it: so they are looked at as numbers.
        missing = Self.missing(
            in: bytes,
            ["roost_plugin_entry.descriptor", "roost_plugin_entry.create"],
            from: 8
        )
        guard !missing.contains("roost_plugin_entry.descriptor") else { return }
        let known = entry.pointee.descriptor
        let place = UnsafeRawPointer(known)
        var descriptor = Descriptor(size: place.load(as: UInt32.self))
        defer { self.descriptor = descriptor }
        guard descriptor.size >= ABI.descriptorSize else { return }
        let names = ["id", "name", "version"].map { "roost_plugin_descriptor.\($0)" }
        let absent = Self.missing(in: place, names, from: 8)
        missing += absent
        guard absent.isEmpty else { return }
        descriptor.concurrency = known.pointee.max_concurrent_calls
        descriptor.id = Self.text(known.pointee.id)
        descriptor.name = Self.text(known.pointee.name)
        descriptor.version = Self.text(known.pointee.version)
        descriptor.toolchain = known.pointee.toolchain.map(Self.text)
    }

    /// The names of pointers that are NULL in a row of them that begins at an offset.
    static func missing(in bytes: UnsafeRawPointer, _ names: [String], from offset: Int) -> [String] {
        // Invariant: the caller has compared the struct's size with the row's end.
        names.indices.filter { bytes.load(fromByteOffset: offset + 8 * $0, as: UInt.self) == 0 }.map {
            names[$0]
        }
    }

    /// A text of at most 4 KiB: one that has no end must not be followed for ever.
    private static func text(_ start: UnsafePointer<CChar>) -> String {
        // Invariant: strnlen reads no further than the first zero.
        let bytes = UnsafeRawBufferPointer(start: start, count: strnlen(start, 4096))
        return String(decoding: bytes, as: UTF8.self)
    }
}
