package import Logging
package import NIOCore
import NIOPosix
package import PluginRuntime
import RoostJSON

/// Looks at one library from all sides: its file, what it says of itself, its manifest, and its life in a throw-away cell.
///
/// ```
/// bytes ──▶ LibraryRules, DependencyRules      the file            RC1xx
///   │ no error
///   ▼
/// a cell ─▶ ContractRules                      the contract        RC2xx
///   ├─────▶ ManifestRules                      the manifest        RC3xx
///   └─────▶ LifeTrial                          start … stop        RC4xx
/// ```
/// The process that inspects never loads the library. What follows an error that makes it pointless is left out.
package struct LibraryInspection: Sendable {
    /// What is looked at, and with which settings and permissions it is tried.
    package var plan: PluginTrial.Plan
    /// True to start a plugin that asks for permissions with all that it asks for.
    package var grantsAll = false
    /// Hears what the cell prints.
    package var logger: Logger

    package init(_ plan: PluginTrial.Plan, logger: Logger) {
        self.plan = plan
        self.logger = logger
    }

    /// The library's name, for messages.
    private var name: String { Self.name(of: plan.library) }

    /// Looks at everything; takes half a second and more, and never throws: what goes wrong is a finding.
    package func run(
        on eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
    ) async -> InspectionReport {
        var report = InspectionReport(library: plan.library)
        let bytes: [UInt8]
        do throws(Files.Fault) { bytes = try Files.read(plan.library) } catch {
            report.findings = [Self.unreadable(plan.library, error)]
            return report
        }
        (report.image, report.findings) = LibraryRules.inspect(bytes, name: name)
        guard report.isUsable else { return report }
        do throws(PluginFailure) {
            let trial = try await PluginTrial.open(plan, on: eventLoop, logger: logger)
            await run(trial, bytes, &report)
            await trial.close()
        } catch {
            report.findings.append(
                Finding(
                    .notLoaded,
                    nil,
                    error.message,
                    fix: "correct what the sentence says; the plugin itself was not reached"
                )
            )
        }
        if grantsAll, let asked = report.manifest?.permissions, !asked.missing(from: plan.permissions).isEmpty
        {
            return await again(granting: asked, on: eventLoop)
        }
        return report
    }

    /// Permissions are given to a cell when it is made: so the plugin that asks for some gets another one.
    private func again(
        granting asked: PluginPermissions,
        on eventLoop: any EventLoop
    ) async -> InspectionReport {
        var inspection = self
        inspection.grantsAll = false
        inspection.plan.permissions = plan.permissions.union(asked)
        return await inspection.run(on: eventLoop)
    }

    /// What the file of a library shows to somebody who has not tried to load it, or whose loader refused it.
    ///
    /// `executable` is the program that would load it. Blocks for as long as the disk does.
    package static func findings(ofFile path: String, isRefused: Bool, executable: String) -> [Finding] {
        let bytes: [UInt8]
        do throws(Files.Fault) { bytes = try Files.read(path) } catch { return [unreadable(path, error)] }
        let name = name(of: path)
        let (_, findings) = LibraryRules.inspect(bytes, name: name)
        guard isRefused, !findings.contains(where: { $0.code.severity == .error }) else { return findings }
        let source = LibrarySource(executable: executable)
        return findings + DependencyRules.findings(bytes, name: name, path: path, source: source)
    }

    private static func unreadable(_ path: String, _ fault: Files.Fault) -> Finding {
        let reason = fault.isMissing ? "does not exist" : "cannot be read: \(fault.reason)"
        return Finding(.unreadable, nil, "\(path) \(reason)")
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private func run(_ trial: PluginTrial, _ bytes: [UInt8], _ report: inout InspectionReport) async {
        let description: PluginDescription
        do throws(TrialFault) { description = try await trial.describe() } catch {
            // The loader names one thing that is missing; the tables name all of them.
            let source = LibrarySource(executable: plan.executable)
            let lacks = DependencyRules.findings(bytes, name: name, path: plan.library, source: source)
            report.findings += lacks.isEmpty ? [ContractRules.finding(error, name)] : lacks
            return
        }
        report.description = description
        report.findings += ContractRules.findings(
            description,
            holdsSwift: report.image?.holdsSwift ?? false,
            name
        )
        guard report.isUsable else { return }
        var life = LifeTrial(trial, name: name)
        guard let manifest = await life.begin() else {
            report.findings += life.findings
            return
        }
        report.findings += ManifestRules.findings(manifest, description)
        var parser = ManifestParser(alias: name)
        do throws(PluginFailure) { report.manifest = try parser.parse(manifest) } catch {
            // The host has the last word about what it takes.
            if !report.findings.contains(where: { $0.code == .notJSON || $0.code == .manifestShape }) {
                let parts = ContractRules.sentenceAndFix(error.message)
                report.findings.append(Finding(.manifestShape, nil, parts.sentence))
            }
        }
        if let asked = report.manifest?.permissions, !asked.missing(from: plan.permissions).isEmpty {
            let words = asked.hostLines.joined(separator: ", ")
            report.findings.append(Finding(.notTried, nil, "\(name) asks for \(words) and was not started"))
        } else if report.manifest != nil {
            await life.goOn(manifest, mayChange: !(report.manifest?.changingLists.isEmpty ?? true))
        }
        report.findings += life.findings
    }
}
