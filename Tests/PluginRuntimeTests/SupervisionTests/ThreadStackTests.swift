import Testing

@testable import PluginRuntime

@Suite("A stack for people")
struct ThreadStackTests {
    private static func frame(_ symbol: String?, _ module: String? = "/lib/libc.so.6") -> StackFrame {
        StackFrame(address: 0x1010, module: module, base: 0x1000, symbol: symbol, offset: 0x10)
    }

    @Test("has a numbered line for each call, and tells a recursion once")
    func recursion() {
        let stack = ThreadStack(
            thread: 7,
            frames: [Self.frame("a")] + Array(repeating: Self.frame("deep"), count: 5) + [Self.frame(nil)]
        )
        #expect(
            stack.lines == [
                "   0  0x1010  libc.so.6  a + 0x10", "   1  0x1010  libc.so.6  deep + 0x10",
                "      … 4 more of the same", "   6  0x1010  libc.so.6  + 0x10",
            ]
        )
    }

    @Test("names files as an author does")
    func files() {
        let digest = String(repeating: "a", count: 64)
        #expect(Self.frame("f", "/data/images/libWeather-two-\(digest).so").file == "libWeather-two.so")
        #expect(Self.frame("f", "/lib/libc-2.36.so").file == "libc-2.36.so")
        #expect(Self.frame("f", "").file == "roost")
        #expect(Self.frame("f", nil).file == "?")
    }
}
