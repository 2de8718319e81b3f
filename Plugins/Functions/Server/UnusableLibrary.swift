/// Why a library cannot be served: what was expected, what was found.
package struct UnusableLibrary: Error, CustomStringConvertible {
    package let description: String
}
