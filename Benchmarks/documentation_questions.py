"""Twenty questions about the packages this project is built with, and the pages that answer them.

Written from the pages' subjects, in other words than theirs where people would use others. Several pages may be right.
"""
QUESTIONS = [
    ("How can an app and its extension share one SQLite database file safely?",
     ["DatabaseSharing", "SharingADatabase", "AppGroupContainers"]),
    ("Search for words in the text columns of a database and sort by relevance",
     ["FullTextSearch", "FTS5Tokenizers"]),
    ("Change the database schema when a new version of the app ships", ["Migrations.md"]),
    ("Get notified with fresh values when the database changes",
     ["DatabaseObservation", "ValueObservation", "DatabaseRegionObservation"]),
    ("Write a recursive query for a tree of rows", ["CommonTableExpressions"]),
    ("Fill in creation and modification dates of records automatically", ["RecordTimestamps"]),
    ("Keep app configuration in a table with exactly one row", ["SingleRowTables"]),
    ("Reject invalid combinations of command-line arguments with an error message", ["Articles/Validation"]),
    ("Where do I put the completion script so that zsh finds it?",
     ["InstallingCompletionScripts", "CustomizingCompletions"]),
    ("Build a command-line tool with nested commands like git has", ["CommandsAndSubcommands"]),
    ("What has to change in my code to move from NIO 1 to NIO 2?", ["migration-guide-NIO1-to-NIO2"]),
    ("Read and write messages that begin with their length", ["ByteBuffer-lengthPrefix"]),
    ("Find out why a change allocates more memory than before",
     ["Debugging Allocation Regressions", "debugging-allocations", "Running Alloction"]),
    ("Which log level should a library choose for which event?", ["001-ChoosingLogLevels"]),
    ("Attach key value pairs to log messages instead of interpolating strings", ["002-StructuredLogging"]),
    ("Remove debug log statements at compile time", ["DisableLogLevelsDuringCompilation"]),
    ("Send metrics to more than one backend at once", ["UsingMultipleBackends", "multiplexmetricshandler"]),
    ("Efficiently append and remove elements at both ends of an array", ["Deque"]),
    ("Read the output of a child process line by line while it runs",
     ["StreamingAndInput", "SubprocessOutputSequence"]),
    ("Speed up UDP on Linux by letting the kernel split large datagrams", ["GSO-GRO-Linux"]),
]
