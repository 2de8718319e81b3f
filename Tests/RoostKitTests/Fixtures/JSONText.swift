import RoostJSON

/// Reads a JSON text that a test wrote; a test with a broken one fails here.
func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }

/// Reads a JSON text as a view.
func view(_ text: String) throws -> JSONView { try JSONDocument(parsing: text).root }
