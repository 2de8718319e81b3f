import FoundationEssentials
import GRDB

/// A text as the database keeps it and as upstream compares it: scalar by scalar.
///
/// Swift calls "é" equal to "e" with a combining accent; upstream and SQLite do not, so whatever is compared goes through
/// this type. A text with a NUL is kept as a blob of its UTF-8, because the C strings of SQLite's text would end there.
struct StoredText: Hashable {
    var text: String

    init(_ text: String) { self.text = text }

    static func == (left: StoredText, right: StoredText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }
}

extension StoredText: DatabaseValueConvertible {
    var databaseValue: DatabaseValue {
        text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> StoredText? {
        switch value.storage {
        case .string(let text): StoredText(text)
        case .blob(let data): StoredText(String(decoding: data, as: UTF8.self))
        case .null, .int64, .double: nil
        }
    }
}
