/// An address of the platform with names to fill in, such as `https://…/job-done/$RUNPOD_POD_ID/$ID?gpu=…`.
struct URLTemplate: Sendable, Hashable {
    let text: String

    /// The address with its names filled in: those given, percent-encoded, then those of the environment; others stay.
    func filled(_ values: [String: String], environment: [String: String] = [:]) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            let name = String(rest.prefix { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") })
            if let value = values[name] {
                result += Self.encode(value)
            } else if !name.isEmpty, let value = environment[name], !value.isEmpty {
                result += Self.encode(value)
            } else {
                result += "$" + name
            }
            rest = rest.dropFirst(name.count)
        }
        return result + rest
    }

    /// An address with further fields in its query, whether it has one already or not.
    static func adding(_ fields: [(name: String, value: String)], to address: String) -> String {
        guard !fields.isEmpty else { return address }
        let list = fields.map { "\($0.name)=\(encode($0.value, keeping: ","))" }.joined(separator: "&")
        guard let mark = address.firstIndex(of: "?") else { return "\(address)?\(list)" }
        let isOpen = address.index(after: mark) == address.endIndex || address.hasSuffix("&")
        return address + (isOpen ? "" : "&") + list
    }

    /// Everything but the plain characters of RFC 3986 section 2.3 as percent-encoded bytes.
    private static func encode(_ text: String, keeping kept: String = "") -> String {
        var result = ""
        for byte in text.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_.~".utf8.contains(byte) || kept.utf8.contains(byte)
            if isPlain {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
