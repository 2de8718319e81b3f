/// A started generation of a plugin: its number, what it was started from, and where its calls go.
///
/// A class, because every call looks at the current one.
final class LivingGeneration: Sendable {
    let generation: Generation
    let edition: PluginEdition
    let host: GenerationHost
    let backend: any Backend

    init(_ generation: Generation, of edition: PluginEdition, host: GenerationHost, backend: any Backend) {
        self.generation = generation
        self.edition = edition
        self.host = host
        self.backend = backend
    }
}
