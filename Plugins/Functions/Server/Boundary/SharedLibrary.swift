import FunctionDeclarations
import Glibc

/// A C library that is loaded, and the addresses of its symbols.
///
/// Unchecked: the addresses are found once, and lead to code that stays, because a library is never unloaded here.
final class SharedLibrary: @unchecked Sendable {
    private let addresses: [String: UnsafeMutableRawPointer]

    /// Loads a library, its symbols for itself, and looks all of them up.
    ///
    /// - Throws: ``UnusableLibrary`` in the words of the dynamic loader.
    init(_ path: String, symbols: [LibraryDeclaration.Symbol]) throws(UnusableLibrary) {
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw UnusableLibrary(description: "\(path) could not be loaded: \(Self.reason)")
        }
        var addresses: [String: UnsafeMutableRawPointer] = [:]
        for symbol in symbols {
            guard let address = dlsym(library, symbol.name) else {
                throw UnusableLibrary(
                    description:
                        "\(symbol.path.keyPath): expected a symbol of \(path), found \"\(symbol.name)\", which it does not have"
                )
            }
            addresses[symbol.name] = address
        }
        self.addresses = addresses
    }

    /// Where a symbol is that was named at the making.
    func address(of symbol: String) -> UnsafeMutableRawPointer? { addresses[symbol] }

    /// Calls a function of one address, such as free.
    ///
    /// Invariant: host.yaml says that the symbol is such a function; what it returns is not looked at, and registers that
    /// hold no result are the caller's to lose.
    func apply(_ symbol: String, to address: UInt) {
        guard let function = addresses[symbol] else { return }
        unsafeBitCast(function, to: (@convention(c) (UnsafeMutableRawPointer?) -> Void).self)(
            UnsafeMutableRawPointer(bitPattern: address)
        )
    }

    /// Calls a function that makes words of an integer, such as strerror.
    ///
    /// Invariant: host.yaml says that the symbol is such a function, and its words stay valid until the next call.
    func words(of number: Int64, by symbol: String) -> String? {
        guard let function = addresses[symbol] else { return nil }
        let words = unsafeBitCast(function, to: (@convention(c) (CInt) -> UnsafePointer<CChar>?).self)(
            CInt(truncatingIfNeeded: number)
        )
        return words.map { String(cString: $0) }
    }

    private static var reason: String { dlerror().map { String(cString: $0) } ?? "no reason is given" }
}
