import RoostKit

/// Declarations of functions that every C library of this system has.
enum Declared {
    static let standardLibrary = json(
        """
        {
          "library": "libc.so.6",
          "types": {
            "division": {"struct": [{"name": "quot", "type": "int"}, {"name": "rem", "type": "int"}]},
            "address": {"struct": [{"name": "bytes", "type": "uint8[4]"}]},
            "moment": {
              "struct": [
                {"name": "second", "type": "int"},
                {"name": "minute", "type": "int"},
                {"name": "hour", "type": "int"},
                {"name": "day", "type": "int"},
                {"name": "month", "type": "int"},
                {"name": "year", "type": "int"},
                {"name": "weekday", "type": "int"},
                {"name": "yearday", "type": "int"},
                {"name": "summer", "type": "int"},
                {"name": "offset", "type": "long"},
                {"name": "zone", "type": "string"}
              ]
            },
            "setting": {"enum": {"clock_ticks": 2, "page_size": 30}},
            "file": {"handle": {"release": "fclose"}},
            "folder": {"handle": {"release": "closedir"}}
          },
          "functions": {
            "divide": {
              "symbol": "div",
              "arguments": [{"name": "a", "type": "int"}, {"name": "b", "type": "int"}],
              "returns": "division"
            },
            "dotted": {
              "symbol": "inet_ntoa",
              "arguments": [{"name": "address", "type": "address"}],
              "returns": "string"
            },
            "moment": {
              "symbol": "gmtime_r",
              "arguments": [
                {"name": "seconds", "type": "long", "pointer": true},
                {"name": "written", "type": "moment", "direction": "out"}
              ],
              "returns": {"type": "moment", "pointer": true, "name": "returned"},
              "status": "errno"
            },
            "seconds": {
              "symbol": "timegm",
              "arguments": [{"name": "moment", "type": "moment", "direction": "inout"}],
              "returns": "long"
            },
            "copy": {
              "symbol": "strdup",
              "arguments": [{"name": "text", "type": "string"}],
              "returns": {"type": "string", "free": "free"}
            },
            "folder_now": {
              "symbol": "getcwd",
              "arguments": [
                {"name": "path", "type": "string", "direction": "out", "capacity": 4096},
                {"name": "size", "type": "size", "of": "path"}
              ],
              "returns": "string",
              "status": "errno"
            },
            "no_room": {
              "symbol": "getcwd",
              "arguments": [
                {"name": "path", "type": "string", "direction": "out", "capacity": 1},
                {"name": "size", "type": "size", "of": "path"}
              ],
              "returns": "string",
              "status": "errno"
            },
            "random": {
              "symbol": "erand48",
              "arguments": [{"name": "state", "type": "ushort[3]", "direction": "inout"}],
              "returns": "double"
            },
            "load": {
              "symbol": "getloadavg",
              "arguments": [
                {"name": "averages", "type": "double[]", "direction": "out", "capacity": 2},
                {"name": "count", "type": "int", "of": "averages"}
              ],
              "returns": {"type": "int", "of": "averages"},
              "status": "errno"
            },
            "setting": {
              "symbol": "sysconf",
              "arguments": [{"name": "name", "type": "setting"}],
              "returns": "long",
              "read_only": true
            },
            "setting_named": {"symbol": "abs", "arguments": [{"name": "number", "type": "int"}], "returns": "setting"},
            "absolute": {"symbol": "imaxabs", "arguments": [{"name": "number", "type": "int64"}], "returns": "int64"},
            "number": {
              "symbol": "strtoull",
              "arguments": [
                {"name": "text", "type": "string"},
                {"name": "end", "type": "pointer"},
                {"name": "radix", "type": "int", "default": 10}
              ],
              "returns": "ulonglong"
            },
            "flag": {"symbol": "abs", "arguments": [{"name": "flag", "type": "bool"}], "returns": "bool"},
            "joined_length": {
              "symbol": "strspn",
              "arguments": [{"name": "text", "type": "string"}, {"name": "of_these", "type": "string"}],
              "returns": "size"
            },
            "open": {
              "symbol": "fopen",
              "arguments": [{"name": "path", "type": "string"}, {"name": "mode", "type": "string", "value": "r"}],
              "returns": {"type": "file", "name": "file"},
              "status": "errno"
            },
            "open_folder": {
              "symbol": "opendir",
              "arguments": [{"name": "path", "type": "string"}],
              "returns": {"type": "folder", "name": "folder"},
              "status": "errno"
            },
            "read": {
              "symbol": "fread",
              "arguments": [
                {"name": "data", "type": "bytes", "direction": "out", "capacity": 4, "encoding": "text"},
                {"name": "size", "type": "size", "value": 1},
                {"name": "count", "type": "size", "of": "data"},
                {"name": "file", "type": "file"}
              ],
              "returns": {"type": "size", "of": "data"}
            },
            "line": {
              "symbol": "getline",
              "arguments": [
                {"name": "line", "type": "bytes", "direction": "out", "free": "free"},
                {"name": "size", "type": "size", "direction": "out"},
                {"name": "file", "type": "file"}
              ],
              "returns": {"type": "ssize", "of": "line"},
              "status": "errno"
            },
            "close": {
              "symbol": "fclose",
              "arguments": [{"name": "file", "type": "file"}],
              "returns": "int",
              "status": "errno"
            }
          }
        }
        """
    )

    static let mathematics = json(
        """
        {
          "library": "libm.so.6",
          "functions": {
            "root": {
              "symbol": "sqrt",
              "arguments": [{"name": "x", "type": "double"}],
              "returns": "double",
              "status": "errno_set"
            },
            "logarithm": {"symbol": "log", "arguments": [{"name": "x", "type": "double"}], "returns": "double"},
            "split": {
              "symbol": "frexp",
              "arguments": [{"name": "x", "type": "double"}, {"name": "exponent", "type": "int", "direction": "out"}],
              "returns": {"type": "double", "name": "fraction"}
            },
            "long_root": {
              "symbol": "sqrtl",
              "arguments": [{"name": "x", "type": "longdouble"}],
              "returns": "longdouble"
            },
            "single": {
              "symbol": "hypotf",
              "arguments": [{"name": "a", "type": "float"}, {"name": "b", "type": "float"}],
              "returns": "float"
            }
          }
        }
        """
    )

    /// As text, because a literal of this size takes the compiler minutes.
    private static func json(_ text: String) -> JSONValue { (try? JSONValue(parsing: text)) ?? .null }
}
