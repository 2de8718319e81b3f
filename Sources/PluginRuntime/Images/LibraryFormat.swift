/// What the first bytes of a shared library say, so that a wrong file is named before the loader stumbles over it.
enum LibraryFormat {
    /// Why the file is no shared library for this machine, as the rest of a sentence after its name; nil when it is one.
    static func fault(in bytes: [UInt8]) -> String? {
        guard bytes.count >= 64,
            bytes[0..<4] == [0x7F, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F")]
        else {
            return
                "is no shared library: it does not begin as an ELF file does. Name the .so that the build made"
        }
        guard bytes[4] == 2, bytes[5] == 1 else {
            return "is no 64-bit little-endian library. Build it for this machine"
        }
        let type = UInt16(bytes[16]) | UInt16(bytes[17]) << 8
        guard type == 3 else {
            return "is an ELF file but no shared library (type \(type), expected 3). Build it with -shared"
        }
        let machine = UInt16(bytes[18]) | UInt16(bytes[19]) << 8
        guard machine == host else {
            return
                "was built for \(name(of: machine)); this machine is \(name(of: host)). Build it here or for this architecture"
        }
        return nil
    }

    #if arch(x86_64)
    private static let host: UInt16 = 62
    #elseif arch(arm64)
    private static let host: UInt16 = 183
    #else
    #error("name this architecture's ELF machine number")
    #endif

    private static func name(of machine: UInt16) -> String {
        switch machine {
        case 3: "x86"
        case 40: "arm"
        case 62: "x86_64"
        case 183: "aarch64"
        case 243: "riscv"
        default: "ELF machine \(machine)"
        }
    }
}
