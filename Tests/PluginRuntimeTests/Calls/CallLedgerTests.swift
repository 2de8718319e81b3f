import Testing

@testable import PluginRuntime

/// The ledger as a table: a line says what happens, and what the ledger looks like and asks for afterwards.
@Suite("Call ledger")
struct CallLedgerTests {
    /// What happens to the ledger.
    ///
    /// Calls are named by their number, which is also their token.
    enum Step {
        case open(limit: Int, as: UInt64 = 1), submit(deadline: Int = 100), submitInside, next, complete(
            UInt64
        ), giveUp(
            UInt64,
            at: Int
        ), cancel(
            UInt64
        ), expire(Int), die(UInt64 = 1), retire(UInt64), hold, resume, drain, close
        case beginReport(UInt64), endReport(UInt64), failWaiting
    }

    /// One line: the step, what it gave (in words), and waiting/running/abandoned after it.
    struct Line {
        var step: Step
        var gave: String
        var counts: [Int]

        init(_ step: Step, _ gave: String, _ counts: Int...) {
            self.step = step
            self.gave = gave
            self.counts = counts
        }
    }

    struct Table: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var lines: @Sendable () -> [Line]

        init(_ name: String, _ lines: @escaping @Sendable () -> [Line]) {
            testDescription = name
            self.lines = lines
        }
    }

    static let tables: [Table] = [
        Table("a call runs and completes, once") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.complete(1), "ended with end of 1", 0, 0, 0), Line(.complete(1), "unknown", 0, 0, 0),
            ]
        },
        Table("calls wait for a place in their order, and one too many is refused") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.submit(), "begin 2", 0, 2, 0), Line(.submit(), "wait", 1, 2, 0),
                Line(.submit(), "wait", 2, 2, 0),
                Line(.submit(), "busy", 2, 2, 0), Line(.next, "nothing", 2, 2, 0),
                Line(.complete(2), "ended with end of 2", 2, 1, 0), Line(.next, "begin 3", 1, 2, 0),
                Line(.next, "nothing", 1, 2, 0),
            ]
        },
        Table("a waiting call cannot be completed") {
            [Line(.submit(), "wait, arm 100", 1, 0, 0), Line(.complete(1), "unknown", 1, 0, 0)]
        },
        Table("calls wait while the plugin does not run") {
            [
                Line(.submit(), "wait, arm 100", 1, 0, 0), Line(.next, "nothing", 1, 0, 0),
                Line(.open(limit: 0), "", 1, 0, 0),
                Line(.next, "begin 1", 0, 1, 0),
            ]
        },
        Table("a call from inside a callback waits although there is room") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submitInside, "wait, arm 100", 1, 0, 0),
                Line(.next, "begin 1", 0, 1, 0),
            ]
        },
        Table("a cancelled running call is abandoned until the plugin lets go") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.cancel(1), "running with cancelled of 1", 0, 0, 1), Line(.cancel(1), "gone", 0, 0, 1),
                Line(.complete(1), "late", 0, 0, 0), Line(.complete(1), "unknown", 0, 0, 0),
            ]
        },
        Table("a cancelled waiting call is gone, and its turn is passed over") {
            [
                Line(.submit(), "wait, arm 100", 1, 0, 0), Line(.submit(), "wait", 2, 0, 0),
                Line(.cancel(1), "waiting with cancelled of 1", 1, 0, 0), Line(.open(limit: 0), "", 1, 0, 0),
                Line(.next, "begin 2", 0, 1, 0),
            ]
        },
        Table("an abandoned call gives its place back, but not in a plugin that limits itself") {
            [
                Line(.open(limit: 1), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.submit(), "wait", 1, 1, 0),
                Line(.cancel(1), "running with cancelled of 1", 1, 0, 1), Line(.next, "nothing", 1, 0, 1),
                Line(.complete(1), "late", 1, 0, 0), Line(.next, "begin 2", 0, 1, 0),
            ]
        },
        Table("deadlines end running and waiting calls, and the timer follows the earliest") {
            [
                Line(.open(limit: 1), "", 0, 0, 0), Line(.submit(deadline: 50), "begin 1, arm 50", 0, 1, 0),
                Line(.submit(deadline: 70), "wait", 1, 1, 0),
                Line(.submit(deadline: 20), "wait, arm 20", 2, 1, 0),
                Line(.expire(20), "deadline of 3, arm 50", 1, 1, 0),
                Line(.expire(60), "deadline of 1, ask 1, arm 70", 1, 0, 1),
                Line(.expire(70), "deadline of 2", 0, 0, 1), Line(.complete(1), "late", 0, 0, 0),
            ]
        },
        Table("a plugin that gives up at the deadline is as late as the timer would say") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(deadline: 50), "begin 1, arm 50", 0, 1, 0),
                Line(.submit(deadline: 50), "begin 2", 0, 2, 0),
                Line(.giveUp(1, at: 20), "cancelled of 1", 0, 1, 0),
                Line(.giveUp(2, at: 50), "deadline of 2", 0, 0, 0),
            ]
        },
        Table("a death fails what the plugin had, and what waits goes on waiting") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.submit(), "begin 2", 0, 2, 0), Line(.submit(), "wait", 1, 2, 0),
                Line(.cancel(1), "running with cancelled of 1", 1, 1, 1),
                Line(.die(), "crashed of 2", 1, 0, 0),
                Line(.complete(2), "unknown", 1, 0, 0), Line(.next, "nothing", 1, 0, 0),
                Line(.open(limit: 0), "", 1, 0, 0),
                Line(.next, "begin 3", 0, 1, 0),
            ]
        },
        Table("a start that fails fails the waiting calls") {
            [Line(.submit(), "wait, arm 100", 1, 0, 0), Line(.failWaiting, "unavailable of 1", 0, 0, 0)]
        },
        Table("a draining plugin refuses, and closing fails what is left") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.drain, "", 0, 1, 0),
                Line(.submit(), "stopping", 0, 1, 0), Line(.close, "stopping of 1", 0, 0, 0),
                Line(.complete(1), "unknown", 0, 0, 0),
            ]
        },
        Table("the end waits for a report that is under way") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.beginReport(1), "heard", 0, 1, 0), Line(.complete(1), "ended with nothing", 0, 0, 0),
                Line(.beginReport(1), "unheard", 0, 0, 0), Line(.endReport(1), "end of 1", 0, 0, 0),
            ]
        },
        Table("only the last of two reports brings the end") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.beginReport(1), "heard", 0, 1, 0), Line(.beginReport(1), "heard", 0, 1, 0),
                Line(.cancel(1), "running with nothing", 0, 0, 1), Line(.endReport(1), "nothing", 0, 0, 1),
                Line(.endReport(1), "cancelled of 1", 0, 0, 1), Line(.complete(1), "late", 0, 0, 0),
            ]
        },
        Table("a report between two others leaves nothing behind") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.beginReport(1), "heard", 0, 1, 0), Line(.endReport(1), "nothing", 0, 1, 0),
                Line(.complete(1), "ended with end of 1", 0, 0, 0),
            ]
        },
        Table("a new generation takes what comes, and the one before finishes what it has") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.submit(), "begin 2", 0, 2, 0), Line(.submit(), "wait", 1, 2, 0),
                Line(.open(limit: 0, as: 2), "", 1, 2, 0), Line(.next, "begin 3 in 2", 0, 3, 0),
                Line(.complete(1), "ended with end of 1", 0, 2, 0),
                Line(.submit(), "begin 4 in 2", 0, 3, 0), Line(.submit(), "wait", 1, 3, 0),
                Line(.complete(2), "ended with end of 2", 1, 2, 0), Line(.next, "nothing", 1, 2, 0),
                Line(.complete(3), "ended with end of 3", 1, 1, 0), Line(.next, "begin 5 in 2", 0, 2, 0),
            ]
        },
        Table("calls of a draining generation make nobody busy") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.submit(), "begin 2", 0, 2, 0), Line(.open(limit: 0, as: 2), "", 0, 2, 0),
                Line(.submit(), "begin 3 in 2", 0, 3, 0), Line(.submit(), "begin 4 in 2", 0, 4, 0),
                Line(.submit(), "wait", 1, 4, 0), Line(.submit(), "wait", 2, 4, 0),
                Line(.submit(), "busy", 2, 4, 0),
            ]
        },
        Table("a generation that dies takes only its own calls along") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.open(limit: 0, as: 2), "", 0, 1, 0), Line(.submit(), "begin 2 in 2", 0, 2, 0),
                Line(.die(1), "crashed of 1", 0, 1, 0), Line(.complete(1), "unknown", 0, 1, 0),
                Line(.submit(), "begin 3 in 2", 0, 2, 0), Line(.complete(2), "ended with end of 2", 0, 1, 0),
            ]
        },
        Table("the current generation may die while the one before it drains") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.open(limit: 0, as: 2), "", 0, 1, 0), Line(.submit(), "begin 2 in 2", 0, 2, 0),
                Line(.die(2), "crashed of 2", 0, 1, 0), Line(.submit(), "wait", 1, 1, 0),
                Line(.next, "nothing", 1, 1, 0), Line(.complete(1), "ended with end of 1", 1, 0, 0),
                Line(.open(limit: 0, as: 3), "", 1, 0, 0), Line(.next, "begin 3 in 3", 0, 1, 0),
            ]
        },
        Table("cancelling and deadlines ask the generation that has the call") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(deadline: 50), "begin 1, arm 50", 0, 1, 0),
                Line(.open(limit: 0, as: 2), "", 0, 1, 0), Line(.submit(), "begin 2 in 2", 0, 2, 0),
                Line(.cancel(2), "running in 2 with cancelled of 2", 0, 1, 1),
                Line(.expire(50), "deadline of 1, ask 1", 0, 0, 2),
                Line(.retire(1), "", 0, 0, 1), Line(.complete(1), "unknown", 0, 0, 1),
                Line(.complete(2), "late", 0, 0, 0),
            ]
        },
        Table("a generation that is stopped with a call fails it") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.open(limit: 0, as: 2), "", 0, 1, 0), Line(.retire(1), "stopping of 1", 0, 0, 0),
                Line(.complete(1), "unknown", 0, 0, 0),
            ]
        },
        Table("held calls wait without being refused, and begin in the generation that came meanwhile") {
            [
                Line(.open(limit: 0), "", 0, 0, 0), Line(.submit(), "begin 1, arm 100", 0, 1, 0),
                Line(.hold, "", 0, 1, 0), Line(.submit(), "wait", 1, 1, 0), Line(.submit(), "wait", 2, 1, 0),
                Line(.submit(), "wait", 3, 1, 0), Line(.submit(), "wait", 4, 1, 0),
                Line(.complete(1), "ended with end of 1", 4, 0, 0), Line(.next, "nothing", 4, 0, 0),
                Line(.open(limit: 0, as: 2), "", 4, 0, 0), Line(.next, "nothing", 4, 0, 0),
                Line(.resume, "", 4, 0, 0), Line(.next, "begin 2 in 2", 3, 1, 0),
                Line(.next, "begin 3 in 2", 2, 2, 0), Line(.next, "nothing", 2, 2, 0),
            ]
        },
    ]

    @Test("does what its table says", arguments: tables)
    func table(_ table: Table) {
        var run = Run()
        for (index, line) in table.lines().enumerated() {
            let gave = run.take(line.step)
            #expect(gave == line.gave, "line \(index + 1), \(line.step)")
            #expect(run.counts == line.counts, "line \(index + 1), \(line.step)")
        }
    }

    @Test("names the plugin, the cause and what was called")
    func messages() {
        var ledger = CallLedger(alias: "weather", limits: .init(concurrency: 1, queue: 0))
        ledger.open(Generation(1), pluginLimit: 0)
        let observer = RecordingObserver()
        let now = ContinuousClock.now
        _ = ledger.submit(.tool("forecast"), observer: observer, deadline: now, now: now)
        guard
            case .refuse(let failure) = ledger.submit(
                .tool("forecast"),
                observer: observer,
                deadline: now,
                now: now
            )
            .verdict
        else {
            Issue.record("expected a refusal")
            return
        }
        #expect(failure.retryAfter == .seconds(1), "nobody knows how long its calls take")
        #expect(
            failure.message
                == "plugin weather is busy: 1 calls run and 0 wait, which is all its limits allow (concurrency 1, queue 0). "
                + "Try again later, or raise the limits in host.yaml"
        )
        #expect(
            ledger.die(Generation(1), because: .alone("weather", because: "SIGILL")).first?.outcome.failure?
                .message
                == "plugin weather crashed (SIGILL) during forecast; it is started again for the next call"
        )
    }
}

extension CallLedgerTests {
    /// Runs steps and puts what they give into words.
    struct Run {
        private var ledger = CallLedger(alias: "plugin", limits: .init(concurrency: 2, queue: 2))
        private let zero = ContinuousClock.now
        private let observers = (0...9).map { _ in RecordingObserver() }
        private var submitted = 0

        var counts: [Int] { [ledger.waiting, ledger.running, ledger.abandoned] }

        mutating func take(_ step: Step) -> String {
            switch step {
            case .open(let limit, let generation): ledger.open(Generation(generation), pluginLimit: limit)
            case .submit(let deadline): return submit(deadline, mayBegin: true)
            case .submitInside: return submit(100, mayBegin: false)
            case .next: return ledger.nextBegin(now: zero).map(words) ?? "nothing"
            case .complete(let call):
                let outcome = PluginAnswer.outcome(status: 0, result: Array("{}".utf8), alias: "plugin")
                switch ledger.complete(CallToken(call), with: outcome, now: zero) {
                case .ended(let delivery): return "ended with \(words(delivery))"
                case .late: return "late"
                case .unknown: return "unknown"
                }
            case .giveUp(let call, let moment):
                let completion = ledger.complete(CallToken(call), with: .cancelled, now: at(moment))
                guard case .ended(let delivery) = completion else { return "unknown" }
                return words(delivery)
            case .cancel(let call):
                switch ledger.cancel(CallToken(call)) {
                case .running(let generation, let delivery):
                    return "running\(words(generation)) with \(words(delivery))"
                case .waiting(let delivery): return "waiting with \(words(delivery))"
                case .gone: return "gone"
                }
            case .expire(let moment):
                let expiry = ledger.expire(now: at(moment))
                let words =
                    expiry.deliveries.map(self.words)
                    + expiry.running.map { "ask \($0.call.value)\(self.words($0.generation))" }
                    + (expiry.arm.map { ["arm \(seconds($0))"] } ?? [])
                return words.joined(separator: ", ")
            case .die(let generation):
                return ledger.die(Generation(generation), because: .alone("plugin", because: "SIGILL")).map(
                    words
                ).joined(
                    separator: ", "
                )
            case .retire(let generation):
                return ledger.retire(Generation(generation)).map(words).joined(separator: ", ")
            case .hold: ledger.hold()
            case .resume: ledger.resume()
            case .failWaiting:
                let failure = PluginFailure(.unavailable, plugin: "plugin", "would not start")
                return ledger.failWaiting(with: failure).map(words).joined(separator: ", ")
            case .drain: ledger.drain()
            case .close: return ledger.close().map(words).joined(separator: ", ")
            case .beginReport(let call):
                return ledger.beginReport(CallToken(call)) == nil ? "unheard" : "heard"
            case .endReport(let call): return words(ledger.endReport(CallToken(call)))
            }
            return ""
        }

        private mutating func submit(_ deadline: Int, mayBegin: Bool) -> String {
            submitted += 1
            let submission = ledger.submit(
                .tool("tool"),
                observer: observers[submitted],
                deadline: at(deadline),
                now: at(0),
                mayBegin: mayBegin
            )
            let arm = submission.arm.map { ", arm \(seconds($0))" } ?? ""
            switch submission.verdict {
            case .begin(let begin): return "\(words(begin))\(arm)"
            case .wait: return "wait\(arm)"
            case .refuse(let failure): return failure.cause.rawValue
            }
        }

        private func at(_ seconds: Int) -> ContinuousClock.Instant { zero.advanced(by: .seconds(seconds)) }
        private func seconds(_ moment: ContinuousClock.Instant) -> Int64 {
            (moment - zero).components.seconds
        }

        private func words(_ begin: CallLedger.Begin) -> String {
            "begin \(begin.token.value)\(words(begin.generation))"
        }

        /// Only what is not the first generation is worth a word.
        private func words(_ generation: Generation) -> String {
            generation.number == 1 ? "" : " in \(generation.number)"
        }

        private func words(_ delivery: CallLedger.Delivery?) -> String {
            guard let delivery else { return "nothing" }
            let number = observers.firstIndex { $0 === delivery.observer } ?? -1
            switch delivery.outcome {
            case .cancelled: return "cancelled of \(number)"
            case .failed(let failure): return "\(failure.cause.rawValue) of \(number)"
            default: return "end of \(number)"
            }
        }
    }
}
