"""The Python peer: FastMCP with the one tool that is measured.   fastmcp_peer.py PORT | stdio"""
import sys

from fastmcp import FastMCP

server = FastMCP("peer")


@server.tool
def add(a: int, b: int) -> int:
    """Add two integers."""
    return a + b


if sys.argv[1] == "stdio":
    server.run("stdio", show_banner=False)
else:
    import uvicorn
    from starlette.responses import Response
    from starlette.routing import Route

    application = server.http_app(path="/mcp/echo")
    application.routes.append(Route("/ping", lambda _: Response(status_code=200)))
    uvicorn.run(application, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
