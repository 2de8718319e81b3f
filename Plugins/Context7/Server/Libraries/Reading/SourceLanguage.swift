/// How a programming language writes documentation into its sources.
enum SourceLanguage: String, Sendable {
    case swift, c, cpp, rust, go, javascript, typescript, java, kotlin, csharp, python

    /// By the suffix of a file's name; nil: not a language whose comments are read.
    init?(suffix: String) {
        switch suffix {
        case "swift": self = .swift
        case "h", "c": self = .c
        case "hh", "hpp", "cc", "cpp", "cxx": self = .cpp
        case "rs": self = .rust
        case "go": self = .go
        case "js", "mjs", "cjs", "jsx": self = .javascript
        case "ts", "tsx", "mts": self = .typescript
        case "java": self = .java
        case "kt", "kts": self = .kotlin
        case "cs": self = .csharp
        case "py", "pyi": self = .python
        default: return nil
        }
    }

    /// What a line of documentation begins with.
    var linePrefixes: [String] {
        switch self {
        case .swift, .csharp: ["///"]
        case .c, .cpp: ["///", "//!"]
        case .rust: ["///", "//!"]
        case .go: ["//"]
        case .javascript, .typescript, .java, .kotlin, .python: []
        }
    }

    /// True where `/** … */` documents what follows.
    var hasBlocks: Bool {
        switch self {
        case .rust, .go, .python, .csharp: false
        default: true
        }
    }

    /// Words after which a declaration has members of its own.
    var containers: Set<String> {
        switch self {
        case .swift: ["struct", "class", "enum", "protocol", "extension", "actor"]
        case .rust: ["struct", "enum", "trait", "impl", "mod"]
        case .go: ["type"]
        case .python: ["class"]
        default: ["class", "interface", "enum", "struct", "namespace", "object", "record"]
        }
    }
}
