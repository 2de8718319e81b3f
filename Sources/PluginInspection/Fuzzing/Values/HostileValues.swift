import RoostJSON

/// Values that have broken programs before.
enum HostileValues {
    static let words = [
        "a", "Oslo", "hello world", "2026-07-28", "42", "Grüße", "x_y-z", "日本語", "user@example.com",
    ]

    static let texts: [String] = [
        "", " ", "\u{0}", "a\u{0}b", "\n", "\r\n\r\n", "\t", "\\", "\"", "'", "`", "%s%s%s%n", "%x%x%x%x",
        "{}", "{{7*7}}",
        "${HOME}", "$(id)", "; rm -rf /", "' OR 1=1 --", "../../../../etc/passwd", "/dev/zero",
        "/proc/self/mem", "file:///etc/passwd",
        "http://169.254.169.254/", "<script>alert(1)</script>", "-1", "--help", "null", "true", "NaN",
        "1e400",
        "99999999999999999999", "\u{202E}evil\u{202C}", "\u{200B}", "\u{FEFF}", "\u{FFFD}", "\u{10FFFF}",
        "e\u{301}\u{301}\u{301}",
        "👩‍👩‍👧‍👦", "Ａ", "İ", "ß", "\u{1B}[2J", "\u{7F}", String(repeating: "a", count: 4096),
        String(repeating: "a", count: 65_537), String(repeating: "é", count: 10_000),
        String(repeating: "(", count: 2_000),
        String(repeating: "../", count: 500), String(repeating: "\u{301}", count: 500),
    ]

    static let keys = [
        "", "__proto__", "constructor", "\u{0}", "a.b", "a/b", "toString",
        String(repeating: "k", count: 1000),
    ]

    static let numbers: [Double] = [
        0, -0.0, 1, -1, 2, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 2_147_483_647, 2_147_483_648,
        -2_147_483_648,
        -2_147_483_649, 4_294_967_295, 4_294_967_296, 9_007_199_254_740_991, 9_007_199_254_740_992,
        9.223372036854775e18,
        9.223372036854776e18, -9.223372036854776e18, 1.8446744073709552e19, 1e308, -1e308, 2.3e-308, 0.1,
        -0.1,
        1e-9, 3.5,
    ]

    /// The first text of each format is a plain one.
    static let formats: [String: [String]] = [
        "date": ["2026-07-28", "0000-01-01", "9999-12-31", "2024-02-29"],
        "date-time": ["2026-07-28T09:30:00Z", "9999-12-31T23:59:60Z", "0001-01-01T00:00:00+14:00"],
        "time": ["09:30:00Z", "23:59:60Z"],
        "email": ["user@example.com", "a@b.cd", "\"quoted user\"@example.com"],
        "uri": [
            "https://example.com/a?b=c#d", "file:///etc/passwd", "a:b", "urn:x:y", "http://[::1]:65535/",
        ],
        "uuid": ["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000"],
        "ipv4": ["192.0.2.1", "0.0.0.0", "255.255.255.255"],
        "ipv6": ["2001:db8::1", "::"],
        "hostname": ["example.com", "a", "xn--bcher-kva.example"],
    ]

    /// Arrays in arrays.
    static func nested(to depth: Int) -> JSONValue {
        (0..<depth).reduce(JSONValue.array([])) { value, _ in .array([value]) }
    }
}
