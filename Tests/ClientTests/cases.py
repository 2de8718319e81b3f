"""What is tried: every client, in every era it speaks, at every address, with tools of all three plugins."""
import dataclasses
import json


@dataclasses.dataclass(frozen=True)
class Client:
    """One of the real clients in shared/clients, in one mode."""

    name: str
    script: str
    environment: str
    mode: str | None
    revision: str


CLIENTS = [
    Client("SDK 2, auto", "mcp_v2.py", "venv-mcp2", "auto", "2026-07-28"),
    Client("SDK 2, modern", "mcp_v2.py", "venv-mcp2", "2026-07-28", "2026-07-28"),
    Client("SDK 2, legacy", "mcp_v2.py", "venv-mcp2", "legacy", "2025-11-25"),
    Client("SDK 1", "mcp_v1.py", "venv-mcp1", None, "2025-11-25"),
    Client("FastMCP, auto", "fastmcp_client.py", "venv-fastmcp", "auto", "2026-07-28"),
    Client("FastMCP, legacy", "fastmcp_client.py", "venv-fastmcp", "legacy", "2025-11-25"),
]


@dataclasses.dataclass(frozen=True)
class Call:
    """One tool call: the plugin's own name of the tool, its arguments, and a text its result must hold."""

    tool: str
    arguments: dict
    expected: str


def calls_of(alias, mark, prefixed):
    """The calls that show a plugin at work, few because each starts a client. `mark` is a text that no other case uses."""
    if alias == "echo" and prefixed:
        return [Call("add", {"a": 19, "b": 23}, "42")]
    if alias == "echo":
        return [Call("echo", {"text": f"grüß {mark}"}, f"grüß {mark}")]
    if alias == "memory":
        entity = {"name": mark, "entityType": "case", "observations": ["was here"]}
        return [Call("create_entities", {"entities": [entity]}, mark), Call("read_graph", {}, mark)]
    return [Call("test_simple_text", {}, "text")]


TOOLS = {
    "echo": {"echo", "add", "sleep", "crash"},
    "memory": {
        "create_entities", "create_relations", "add_observations", "delete_entities", "delete_observations",
        "delete_relations", "read_graph", "search_nodes", "open_nodes",
    },
    "everything": {"test_simple_text"},
}


@dataclasses.dataclass(frozen=True)
class Address:
    """Where a client finds a plugin, and whether its tools carry the alias in their names there."""

    name: str
    target: str
    prefixed: bool


def complaint(report, client, expected_tools, call_name):
    """What is wrong with a client's report, as a sentence; None when nothing is."""
    if not report["ok"]:
        return f"the call of {call_name} did not succeed: {json.dumps(report)[:600]}"
    missing = expected_tools - set(report["tools"])
    if missing:
        return f"expected the tools {sorted(missing)} in the list, found {report['tools']}"
    if report["protocol"] not in (None, client.revision):
        return f"expected revision {client.revision}, found {report['protocol']}"
    return None
