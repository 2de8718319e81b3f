/// Gives the addresses of stacks their names.
enum Symbolication {
    /// The stacks with the functions their frames lie in.
    ///
    /// Reads the files that hold the code: not for an event loop. `program` is the file of the process itself.
    static func named(_ stacks: [ThreadStack], program: String) -> [ThreadStack] {
        var offsets: [String: Set<UInt64>] = [:]
        for frame in stacks.flatMap(\.frames) {
            guard let module = frame.module, frame.address >= frame.base else { continue }
            offsets[module, default: []].insert(frame.address - frame.base)
        }
        var functions: [String: [UInt64: (name: String, distance: UInt64)]] = [:]
        for (module, offsets) in offsets {
            guard let symbols = ELFSymbols(path: module.isEmpty ? program : module) else { continue }
            functions[module] = symbols.functions(at: Array(offsets))
        }
        var stacks = stacks
        for stack in stacks.indices {
            for place in stacks[stack].frames.indices {
                let frame = stacks[stack].frames[place]
                guard let module = frame.module, frame.address >= frame.base else { continue }
                let offset = frame.address - frame.base
                let function = functions[module]?[offset]
                stacks[stack].frames[place].symbol = function?.name
                stacks[stack].frames[place].offset = function?.distance ?? offset
            }
        }
        return stacks
    }
}
