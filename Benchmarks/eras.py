"""The measured request in each form a client may send it, and the check of its answer."""
import dataclasses
import json
import socket

A, B = 19, 23
EXPECTED = str(A + B)
PATH = "/mcp/echo"


@dataclasses.dataclass
class Era:
    """One form of the request: its headers and its body, ready to send."""

    name: str
    headers: dict
    body: bytes
    opens_session: bool = False


def tools_call(meta=None):
    parameters = {"name": "add", "arguments": {"a": A, "b": B}}
    if meta:
        parameters["_meta"] = meta
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": parameters}, separators=(",", ":")).encode()


def eras():
    common = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    envelope = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    modern = {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "add"}
    legacy = {"MCP-Protocol-Version": "2025-11-25"}
    return [
        Era("modern 2026-07-28", common | modern, tools_call(envelope)),
        Era("legacy 2025-11-25, session", common | legacy, tools_call(), opens_session=True),
        Era("legacy 2025-11-25, no session", common | legacy, tools_call()),
    ]


@dataclasses.dataclass
class Response:
    """One HTTP response, as it came."""

    status: int
    headers: list
    body: bytes
    size: int


class NoAnswer(Exception):
    """The server closed the connection, or its answer was not the sum."""


def raw_request(headers, body, port):
    lines = [f"POST {PATH} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def post(port, headers, body):
    """Sends one request on a connection of its own and reads the whole response."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as peer:
        peer.sendall(raw_request(headers | {"Connection": "close"}, body, port))
        received = bytearray()
        while chunk := peer.recv(65536):
            received += chunk
    head, _, rest = bytes(received).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    if not first.startswith("HTTP/1.1 "):
        raise NoAnswer(f"expected an HTTP response, found {bytes(received[:80])!r}")
    fields = [tuple(line.split(": ", 1)) for line in lines]
    names = {name.lower(): value for name, value in fields}
    if names.get("transfer-encoding") == "chunked":
        rest = without_chunks(rest)
    return Response(int(first.split()[1]), fields, rest, len(received))


def without_chunks(data):
    body = b""
    while data:
        size, _, data = data.partition(b"\r\n")
        length = int(size, 16)
        if length == 0:
            break
        body, data = body + data[:length], data[length + 2:]
    return body


def open_session(port, headers):
    """Says initialize and initialized; returns the headers that later requests carry."""
    parameters = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
    message = {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": parameters}
    response = post(port, headers, json.dumps(message).encode())
    names = {name.lower(): value for name, value in response.headers}
    if response.status != 200 or "mcp-session-id" not in names:
        raise NoAnswer(f"initialize: status {response.status}, headers {sorted(names)}")
    with_session = headers | {"Mcp-Session-Id": names["mcp-session-id"]}
    post(port, with_session, b'{"jsonrpc":"2.0","method":"notifications/initialized"}')
    return with_session


def checked(response):
    """The response, if its status is 200 and it says the sum as text and as structured content."""
    if response.status != 200:
        raise NoAnswer(f"status {response.status}: {response.body[:300].decode(errors='replace')}")
    text = response.body.decode()
    if text.lstrip().startswith(("event:", "data:", "id:", ":")):
        text = next(line[5:] for line in text.splitlines() if line.startswith("data: {"))
    result = json.loads(text).get("result", {})
    if result.get("isError") or [part.get("text") for part in result.get("content", [])] != [EXPECTED]:
        raise NoAnswer(f"expected the sum {EXPECTED}, found {text[:300]}")
    if A + B not in result.get("structuredContent", {}).values():
        raise NoAnswer(f"expected {EXPECTED} in structuredContent, found {text[:300]}")
    return response
