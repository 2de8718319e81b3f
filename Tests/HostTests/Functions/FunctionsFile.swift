/// The host.yaml of the tests with C libraries: four real ones, and one that is declared wrongly.
enum FunctionsFile {
    static let file = HostFile(
        plugins: [
            ("zlib", "libz.so.1"), ("maths", "libm.so.6"), ("sqlite", "libsqlite3.so.0"),
            ("curl", "libcurl.so.4"), ("wrong", "libz.so.1"),
        ],
        settings: ["zlib": zlib, "maths": maths, "sqlite": sqlite, "curl": curl, "wrong": wrong]
    )

    static let zlib = """
            functions:
              crc32:
                description: CRC-32 of some bytes
                symbol: crc32
                arguments: [ {name: start, type: ulong, value: 0}, {name: data, type: bytes}, {name: length, type: uint, of: data} ]
                returns: ulong
              compress:
                symbol: compress
                arguments:
                  - { name: packed, type: bytes, direction: out, capacity: 65536 }
                  - { name: room, type: ulong, direction: inout, of: packed }
                  - { name: data, type: bytes }
                  - { name: length, type: ulong, of: data }
                returns: result
                status: { ok: 0, text: zError }
              uncompress:
                symbol: uncompress
                arguments:
                  - { name: data, type: bytes, direction: out, capacity: 1000000 }
                  - { name: room, type: ulong, direction: inout, of: data }
                  - { name: packed, type: bytes }
                  - { name: length, type: ulong, of: packed }
                returns: result
                status: { ok: 0, text: zError }
            types:
              result: { enum: { ok: 0, data_error: -3, buffer_error: -5 } }
        """

    static let maths = """
            functions:
              root:
                symbol: sqrt
                read_only: true
                arguments: [{ name: x, type: double }]
                returns: double
                status: errno_set
              split:
                symbol: frexp
                arguments: [{ name: x, type: double }, { name: exponent, type: int, direction: out }]
                returns: { type: double, name: fraction }
        """

    static let sqlite = """
            types:
              database: { handle: { release: sqlite3_close } }
              statement: { handle: { release: sqlite3_finalize } }
              step: { enum: { row: 100, done: 101 } }
            functions:
              open:
                symbol: sqlite3_open
                arguments: [{ name: path, type: string }, { name: database, type: database, direction: out }]
                returns: int
                status: { ok: 0, text: sqlite3_errstr }
              exec:
                symbol: sqlite3_exec
                arguments:
                  - { name: database, type: database }
                  - { name: sql, type: string }
                  - { name: callback, type: pointer }
                  - { name: context, type: pointer }
                  - { name: message, type: string, direction: out, free: sqlite3_free }
                returns: int
                status: { ok: 0, text: sqlite3_errstr }
              prepare:
                symbol: sqlite3_prepare_v2
                arguments:
                  - { name: database, type: database }
                  - { name: sql, type: string }
                  - { name: length, type: int, value: -1 }
                  - { name: statement, type: statement, direction: out }
                  - { name: rest, type: pointer }
                returns: int
                status: { ok: 0, text: sqlite3_errstr }
              step:
                symbol: sqlite3_step
                arguments: [{ name: statement, type: statement }]
                returns: { type: step, name: came }
                status: { ok: [100, 101], text: sqlite3_errstr }
              text:
                symbol: sqlite3_column_text
                arguments: [{ name: statement, type: statement }, { name: column, type: int, default: 0 }]
                returns: string
              serialize:
                symbol: sqlite3_serialize
                arguments:
                  - { name: database, type: database }
                  - { name: schema, type: string, value: main }
                  - { name: size, type: int64, direction: out, of: image }
                  - { name: flags, type: uint, value: 0 }
                returns: { type: bytes, name: image, free: sqlite3_free }
              finalize:
                symbol: sqlite3_finalize
                arguments: [{ name: statement, type: statement }]
                returns: int
                status: zero
              close:
                symbol: sqlite3_close
                arguments: [{ name: database, type: database }]
                returns: int
                status: { ok: 0, text: sqlite3_errstr }
        """

    static let curl = """
            functions:
              version: { symbol: curl_version, returns: string, read_only: true }
        """

    static let wrong = """
            restart: { max: 1000, backoff: 1ms..10ms }
            functions:
              crc32:
                symbol: crc32
                arguments: [{ name: start, type: ulong }, { name: data, type: ulong }, { name: length, type: uint }]
                returns: ulong
              version: { symbol: zlibVersion, returns: string }
        """
}
