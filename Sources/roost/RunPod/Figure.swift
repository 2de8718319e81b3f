/// Numbers as a person reads them.
enum Figure {
    /// With as many places after the point as are asked for.
    static func decimal(_ value: Double, places: Int = 2) -> String {
        let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
        guard value.isFinite, abs(value) * scale < 1e15 else { return "\(value)" }
        let scaled = Int64((abs(value) * scale).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        let unit = Int64(scale)
        guard places > 0 else { return "\(sign)\(scaled)" }
        let fraction = "\(scaled % unit)"
        return "\(sign)\(scaled / unit).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
    }

    static func seconds(_ value: Double) -> String { decimal(value) + " s" }
}
