/// How many calls each generation of a plugin has: the current one, and those that drain.
///
/// The current one stands apart, so that a call that begins or ends looks nothing up.
struct GenerationPlaces: Sendable {
    /// The calls of one generation.
    struct Places: Sendable, Equatable {
        /// The plugin's own limit.
        ///
        /// 0: none.
        var pluginLimit = 0
        var running = 0
        /// Calls whose end was told although the plugin has not completed them.
        var abandoned = 0

        var isEmpty: Bool { running == 0 && abandoned == 0 }
    }

    /// Who takes new calls; nil while the plugin does not run.
    private(set) var current: Generation?
    /// The calls of the current generation.
    private(set) var places = Places()
    private var draining: [(generation: Generation, places: Places)] = []

    var running: Int { draining.reduce(places.running) { $0 + $1.places.running } }
    var abandoned: Int { draining.reduce(places.abandoned) { $0 + $1.places.abandoned } }

    /// What a generation has; nothing when it is not known.
    subscript(generation: Generation) -> Places {
        if generation == current { return places }
        return draining.first { $0.generation == generation }?.places ?? Places()
    }

    mutating func open(_ generation: Generation, pluginLimit: Int) {
        if let current, !places.isEmpty { draining.append((current, places)) }
        current = generation
        places = Places(pluginLimit: pluginLimit)
    }

    /// Forgets a generation and what it had.
    mutating func remove(_ generation: Generation) {
        if generation == current {
            current = nil
            places = Places()
        }
        draining.removeAll { $0.generation == generation }
    }

    /// A call begins.
    mutating func begin(in generation: Generation) { change(generation) { $0.running += 1 } }

    /// A call has ended.
    mutating func end(in generation: Generation) { change(generation) { $0.running -= 1 } }

    /// A call's end was told, and the plugin still has it.
    mutating func abandon(in generation: Generation) {
        change(generation) {
            $0.running -= 1
            $0.abandoned += 1
        }
    }

    /// The plugin let go of a call whose end had been told.
    mutating func letGo(in generation: Generation) { change(generation) { $0.abandoned -= 1 } }

    private mutating func change(_ generation: Generation, _ body: (inout Places) -> Void) {
        if generation == current { return body(&places) }
        guard let index = draining.firstIndex(where: { $0.generation == generation }) else { return }
        body(&draining[index].places)
        if draining[index].places.isEmpty { draining.remove(at: index) }
    }
}
