/// What the first bytes of a shared library say, so that a wrong file is named before the loader stumbles over it.
package enum LibraryFormat {
    /// Why a file is no shared library for this machine.
    package struct Fault: Error, Sendable, Hashable {
        package enum Kind: Sendable, CaseIterable { case notELF, wordSize, type, machine, incomplete }

        package var kind: Kind
        /// What is wrong, and what to do, as the rest of a sentence after the file's name.
        package var clause: String
    }

    /// Why the file is no shared library for this machine; nil when it is one.
    package static func fault(in bytes: [UInt8]) -> Fault? {
        guard bytes.count >= 64,
            bytes[0..<4] == [0x7F, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F")]
        else {
            return Fault(
                kind: .notELF,
                clause:
                    "is no shared library: it does not begin as an ELF file does. Name the .so that the build made"
            )
        }
        guard bytes[4] == 2, bytes[5] == 1 else {
            return Fault(
                kind: .wordSize,
                clause: "is no 64-bit little-endian library. Build it for this machine"
            )
        }
        let type = UInt16(bytes[16]) | UInt16(bytes[17]) << 8
        guard type == 3 else {
            return Fault(
                kind: .type,
                clause:
                    "is an ELF file but no shared library (type \(type), expected 3). Build it with -shared"
            )
        }
        let machine = UInt16(bytes[18]) | UInt16(bytes[19]) << 8
        guard machine == host else {
            return Fault(
                kind: .machine,
                clause:
                    "was built for \(name(of: machine)); this machine is \(name(of: host)). Build it here or for this architecture"
            )
        }
        return incompleteness(in: bytes).map { Fault(kind: .incomplete, clause: $0) }
    }

    /// Why the file is not all of a library, as the rest of a sentence; nil when its tables lie within it and are filled in.
    ///
    /// The section table is what a linker and a copy write last.
    static func incompleteness(in bytes: [UInt8]) -> String? {
        func number(_ offset: Int, _ size: Int) -> Int {
            (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        }
        func table(_ offset: Int, _ count: Int, _ entry: Int) -> Bool {
            offset >= 0 && offset <= bytes.count && count * entry <= bytes.count - offset
        }
        let (segments, sections) = (number(32, 8), number(40, 8))
        let (segmentSize, segmentCount) = (number(54, 2), number(56, 2))
        let (sectionSize, sectionCount, names) = (number(58, 2), number(60, 2), number(62, 2))
        let unfinished =
            "is incomplete: %, and the file ends after \(bytes.count) bytes. Wait until it is written, or build it again"
        func fault(_ what: String) -> String { unfinished.replacing("%", with: what) }
        guard segmentSize >= 56, table(segments, segmentCount, segmentSize) else {
            return fault("its program headers begin at byte \(segments)")
        }
        for index in 0..<segmentCount {
            let header = segments + index * segmentSize
            let (offset, size) = (number(header + 8, 8), number(header + 32, 8))
            guard offset >= 0, size >= 0, offset <= bytes.count, size <= bytes.count - offset else {
                return fault("a segment of \(size) bytes begins at byte \(offset)")
            }
        }
        // A stripped library may have no section table at all.
        guard sections != 0, sectionCount > 0 else { return nil }
        guard sectionSize >= 64, table(sections, sectionCount, sectionSize) else {
            return fault("its section table begins at byte \(sections)")
        }
        let stringTable = 3
        guard names < sectionCount, number(sections + names * sectionSize + 4, 4) == stringTable else {
            return
                "is incomplete: its section table is not filled in. Wait until it is written, or build it again"
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
