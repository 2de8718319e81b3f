import NIOHTTP1
import Testing

@testable import Transports

@Suite("The headers of a request")
struct HTTPFieldsTests {
    private let fields = HTTPFields([
        "HOST": "localhost", "Mcp-Method": "tools/call", "x-other": "1", "mcp-method": "tools/list",
    ])

    @Test("are found in any case, the first of several first")
    func find() {
        #expect(fields[.host] == "localhost")
        #expect(fields[.method] == "tools/call")
        #expect(fields.values(of: .method) == ["tools/call", "tools/list"])
        #expect(fields[.origin] == nil)
        #expect(fields.values(of: .origin).isEmpty)
    }

    @Test("are only those with a meaning here", arguments: ["hosts", "mcp_method", "", "mcp-methoð"])
    func others(name: String) {
        #expect(HTTPFields.Known(header: name) == nil)
    }

    @Test("count their bytes as they came")
    func size() {
        #expect(HTTPFields(["a": "bc", "de": ""]).size == 13)
    }
}
