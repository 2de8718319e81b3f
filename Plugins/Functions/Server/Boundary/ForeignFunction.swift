import FunctionDeclarations
import RoostKit

/// A function of a library that can be called with JSON.
///
/// Unchecked: the address is found once, and leads to code that stays.
final class ForeignFunction: @unchecked Sendable {
    let declaration: FunctionDeclaration
    let library: SharedLibrary
    let shape: CallShape
    let address: UnsafeMutableRawPointer

    /// - Throws: ``UnusableLibrary`` when libffi cannot call it, or the library does not have it.
    init(_ declaration: FunctionDeclaration, in library: SharedLibrary) throws(UnusableLibrary) {
        guard let address = library.address(of: declaration.symbol) else {
            throw UnusableLibrary(description: "there is no symbol \(declaration.symbol)")
        }
        self.declaration = declaration
        self.library = library
        self.address = address
        shape = try CallShape(declaration)
    }

    /// Calls it once.
    ///
    /// `owner` is whose handles are taken and made.
    ///
    /// - Returns: What it returned and wrote.
    /// - Throws: ``ToolError`` for arguments that do not fit, and when the function says that it failed.
    func call(_ arguments: JSONObject, handles: LivingHandles, owner: String?) throws -> JSONObject {
        var call = ForeignCall(self, handles: handles, owner: owner)
        defer { call.giveBackHandles() }
        try call.prepare(arguments)
        try call.run()
        return try call.answer()
    }
}
