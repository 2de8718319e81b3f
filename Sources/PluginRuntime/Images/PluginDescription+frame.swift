import CellProtocol

extension DescribedFrame {
    init(_ description: PluginDescription) {
        self.init()
        entrySize = description.entrySize
        abiMajor = description.abiMajor
        abiMinor = description.abiMinor
        missing = description.missing
        guard let descriptor = description.descriptor else { return }
        descriptorSize = descriptor.size
        concurrency = descriptor.concurrency
        id = descriptor.id
        name = descriptor.name
        version = descriptor.version
        toolchain = descriptor.toolchain ?? ""
    }
}

extension PluginDescription {
    init(_ frame: DescribedFrame) {
        self.init(entrySize: frame.entrySize, abiMajor: frame.abiMajor, abiMinor: frame.abiMinor)
        missing = frame.missing
        guard frame.descriptorSize > 0 else { return }
        descriptor = Descriptor(
            size: frame.descriptorSize,
            concurrency: frame.concurrency,
            id: frame.id,
            name: frame.name,
            version: frame.version,
            toolchain: frame.toolchain.isEmpty ? nil : frame.toolchain
        )
    }
}
