/// Makes tool names from type names: GetWeather is get_weather, HTTPStatus is http_status.
enum SnakeCase {
    static func name(of type: Any.Type) -> String { convert("\(type)") }

    static func convert(_ name: String) -> String {
        let characters = Array(name)
        var result = ""
        for (place, character) in characters.enumerated() {
            if character.isUppercase, place > 0, startsWord(characters, at: place) { result.append("_") }
            result.append(contentsOf: character.lowercased())
        }
        return result
    }

    /// A capital starts a word after anything but a capital, and as the last of several when a small letter
    /// follows.
    private static func startsWord(_ characters: [Character], at place: Int) -> Bool {
        let before = characters[place - 1]
        if before == "_" { return false }
        if !before.isUppercase { return true }
        return place + 1 < characters.count && characters[place + 1].isLowercase
    }
}
