import CFFI
import FunctionDeclarations

/// How libffi passes the arguments of one function.
///
/// Unchecked: everything is made once and only read afterwards; it is never freed, as a plugin is never unloaded.
final class CallShape: @unchecked Sendable {
    private let interface = UnsafeMutablePointer<ffi_cif>.allocate(capacity: 1)

    /// - Throws: ``UnusableLibrary`` when libffi cannot make such a call.
    init(_ function: FunctionDeclaration) throws(UnusableLibrary) {
        let count = function.parameters.count
        // Invariant: libffi keeps the addresses of the list and of the types in it, so neither is ever freed.
        let types = UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>.allocate(capacity: max(count, 1))
        for (index, parameter) in function.parameters.enumerated() {
            types[index] = parameter.isByAddress ? Self.pointer : Self.type(of: parameter.type)
        }
        let returned = function.returned
        let result =
            returned.isByAddress
            ? Self.pointer : returned.type.map(Self.type(of:)) ?? roost_ffi_type(ROOST_FFI_VOID)
        interface.initialize(to: ffi_cif())
        let fault = roost_ffi_prepare(interface, UInt32(count), result, types)
        guard fault == 0 else {
            throw UnusableLibrary(
                description: "libffi cannot call \(function.symbol) as it is declared (status \(fault))"
            )
        }
    }

    /// Calls a function of this shape and returns errno.
    ///
    /// Invariant: `arguments` leads to one value of the declared type for each argument, and `result` to at least 16 bytes and
    /// the result's size. That the function has this shape is what host.yaml says; nothing can check it.
    func call(
        _ function: UnsafeMutableRawPointer,
        result: UnsafeMutableRawPointer,
        arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    ) -> CInt {
        roost_ffi_call(interface, function, result, arguments)
    }

    private static var pointer: UnsafeMutablePointer<ffi_type>? { roost_ffi_type(ROOST_FFI_POINTER) }

    private static func type(of type: ValueType) -> UnsafeMutablePointer<ffi_type>? {
        switch type {
        case .scalar(let scalar): roost_ffi_type(kind(of: scalar))
        case .enumeration(let enumeration): roost_ffi_type(kind(of: enumeration.scalar))
        case .structure(let structure): Self.structure(structure)
        case .handle, .string, .bytes, .null, .array: pointer
        }
    }

    /// libffi knows no arrays: within a struct they are their elements in a row.
    private static func structure(_ structure: Structure) -> UnsafeMutablePointer<ffi_type> {
        let elements = structure.fields.flatMap { flat($0.type) }
        let list = UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>.allocate(
            capacity: elements.count + 1
        )
        for (index, element) in elements.enumerated() { list[index] = element }
        list[elements.count] = nil
        let type = UnsafeMutablePointer<ffi_type>.allocate(capacity: 1)
        type.initialize(to: ffi_type(size: 0, alignment: 0, type: UInt16(FFI_TYPE_STRUCT), elements: list))
        return type
    }

    private static func flat(_ type: ValueType) -> [UnsafeMutablePointer<ffi_type>?] {
        guard case .array(let element, let count?) = type else { return [Self.type(of: type)] }
        let one = flat(element)
        return (0..<count).flatMap { _ in one }
    }

    private static func kind(of scalar: Scalar) -> roost_ffi_kind {
        switch (scalar.form, scalar.size) {
        case (.floating, 4): ROOST_FFI_FLOAT
        case (.floating, 8): ROOST_FFI_DOUBLE
        case (.floating, _): ROOST_FFI_LONG_DOUBLE
        case (.signed, 1): ROOST_FFI_S8
        case (.signed, 2): ROOST_FFI_S16
        case (.signed, 4): ROOST_FFI_S32
        case (.signed, _): ROOST_FFI_S64
        case (_, 1): ROOST_FFI_U8
        case (_, 2): ROOST_FFI_U16
        case (_, 4): ROOST_FFI_U32
        default: ROOST_FFI_U64
        }
    }
}
