import CellProtocol
import NIOCore

/// What a cell guards with its lock: who is in it, what was asked, and whether it still lives.
struct CellState: Sendable {
    /// Who waits for the answer to a control frame.
    typealias Waiter = CheckedContinuation<Result<CellFrame, PluginFailure>, Never>

    /// One plugin in the cell.
    struct Slot: Sendable {
        var host: any HostSide
        var alias: String
        /// Carries its HTTP requests; nil: there is no HTTP for it.
        var relay: CellHTTPRelay?
        /// The file of its code; nil until it was asked to load it.
        var image: String?
        /// The control question that is open; one at a time, as the contract asks.
        var waiter: Waiter?
        /// Gives the cell up when the question stays open.
        var timer: Scheduled<Void>?
    }

    /// Where the cell is in its life.
    enum Phase: Sendable {
        /// The process runs and has not said hello.
        case starting
        case ready
        /// It was told to leave; its end is no crash.
        case ending
        case dead(CellDeath)
    }

    var phase = Phase.starting
    /// What became of its confinement, as it said itself.
    var confinement: ConfinementReport?
    var slots: [UInt32: Slot] = [:]
    private var nextSlot: UInt32 = 1
    /// Plugins that use the cell, or are about to.
    private var users = 0
    var helloWaiters: [CheckedContinuation<Void, Never>] = []
    var exitWaiters: [CheckedContinuation<Void, Never>] = []
    var exit: CellProcess.Exit?
    var isLinkClosed = false
    /// Why the host ended the cell, when it did so because of a fault, and whose it was when that is known.
    var fault: (reason: String, culprit: String?)?
    /// What the cell wrote down before it ended.
    private(set) var record: FaultRecord?
    /// The names of the threads that were asked where they stand.
    var threadNames: [Int32: String] = [:]

    var isDead: Bool { if case .dead = phase { true } else { false } }

    /// Lets a plugin in; nil when the cell is on its way out.
    mutating func admit(_ host: any HostSide, alias: String) -> UInt32? {
        guard case .ready = phase else { return nil }
        users += 1
        defer { nextSlot += 1 }
        slots[nextSlot] = Slot(host: host, alias: alias)
        return nextSlot
    }

    /// A plugin left.
    ///
    /// True when it was the last one, and the cell has to be ended.
    mutating func leave(_ index: UInt32) -> Bool {
        guard slots.removeValue(forKey: index) != nil else { return false }
        users -= 1
        guard users == 0, case .ready = phase else { return false }
        phase = .ending
        return true
    }

    /// Both the process and the link are gone: what to tell whom.
    ///
    /// Nil while one of them is there. `record` is what the cell wrote down before it ended.
    mutating func bury(_ record: FaultRecord?) -> Burial? {
        guard let exit, isLinkClosed, !isDead else { return nil }
        var burial = Burial(
            death: CellDeath(
                reason: fault?.reason ?? "\(exit)",
                members: slots.sorted { $0.key < $1.key }.map(\.value.alias),
                culprit: fault == nil ? culprit(record) : fault?.culprit,
                wasEnded: fault != nil
            ),
            hello: helloWaiters,
            exit: exitWaiters
        )
        if case .ending = phase { burial.isCrash = false }
        burial.slots = Array(slots.values)
        phase = .dead(burial.death)
        self.record = record
        slots = [:]
        helloWaiters = []
        exitWaiters = []
        return burial
    }

    /// The plugin whose code faulted: the innermost one on the stack, or the only one there is.
    private func culprit(_ record: FaultRecord?) -> String? {
        if slots.count == 1 { return slots.values.first?.alias }
        for frame in record?.fault?.stack.frames ?? [] {
            let owners = slots.values.filter { $0.image != nil && $0.image == frame.module }
            if let owner = owners.first { return owners.count == 1 ? owner.alias : nil }
        }
        return nil
    }

    /// Everybody who has to hear that a cell is gone.
    struct Burial: Sendable {
        var death: CellDeath
        var isCrash = true
        var slots: [Slot] = []
        var hello: [CheckedContinuation<Void, Never>]
        var exit: [CheckedContinuation<Void, Never>]
    }
}
