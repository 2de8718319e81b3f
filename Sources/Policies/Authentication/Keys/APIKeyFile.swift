import PluginRuntime
import RoostJSON

/// The keys that `roost key` keeps in the data folder: one file, readable by its owner, replaced as a whole.
package struct APIKeyFile: Sendable {
    package let path: String

    /// - Parameter folder: The host's data folder.
    package init(folder: String) { path = folder + "/keys.json" }

    /// Why the file cannot be used, with its path.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        package var description: String
    }

    /// Every key of the file; none when there is no file.
    package func records() throws(Fault) -> [APIKeyRecord] {
        let bytes: [UInt8]
        do throws(Files.Fault) {
            bytes = try Files.read(path)
        } catch {
            if error.isMissing { return [] }
            throw Fault(description: "\(path): expected a file that can be read, found: \(error.reason)")
        }
        return try Self.records(in: bytes, path)
    }

    static func records(in bytes: [UInt8], _ path: String) throws(Fault) -> [APIKeyRecord] {
        guard let json = try? JSONValue(parsing: bytes), let keys = json["keys"]?.array else {
            throw Fault(
                description:
                    "\(path): expected a JSON object with the list keys; mend the file, or remove it and make new keys"
            )
        }
        var records: [APIKeyRecord] = []
        for key in keys {
            do throws(APIKeyRecord.Fault) {
                records.append(try APIKeyRecord(key))
            } catch {
                throw Fault(description: "\(path): \(error)")
            }
        }
        return records
    }

    /// Changes the keys of the file; two processes that do so come one after the other.
    package func change(_ edit: (inout [APIKeyRecord]) -> Void) throws(Fault) {
        let lock: FileLock
        do throws(Files.Fault) {
            lock = try FileLock("\(path).lock")
        } catch {
            throw unwritable(error)
        }
        defer { lock.release() }
        // What cannot be read is not written over: there may be keys in it.
        var records = try self.records()
        edit(&records)
        do throws(Files.Fault) {
            let json: JSONValue = ["keys": .array(records.map(\.json))]
            try Files.write(json.bytes, to: path, mode: 0o600)
        } catch {
            throw unwritable(error)
        }
    }

    private func unwritable(_ fault: Files.Fault) -> Fault {
        Fault(description: "\(fault.path): expected a file that can be written, found: \(fault.reason)")
    }
}
