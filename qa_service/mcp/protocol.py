"""Speaks the Model Context Protocol with the official package; ``stdio`` and ``http`` carry it to clients.

The package is imported inside the functions, so that nothing else of the service loads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa_service import __version__
from qa_service.mcp.calls import Calls
from qa_service.mcp.tools import TOOLS, Tool

if TYPE_CHECKING:
    from mcp.server import Server, ServerRequestContext
    from mcp_types import CallToolRequestParams, CallToolResult, ListToolsResult, PaginatedRequestParams
    from mcp_types import Tool as Offered

_INSTRUCTIONS = (
    "Answers questions from the user's own documents, with citations that were checked. Call `ask` for a question, "
    "`search` to look around, `get_document` to read on. What the answers say stands in the documents; what the "
    "documents do not tell is said to be missing."
)


def server(calls: Calls) -> Server[Any]:
    """Return the server that offers the tools, and has them called by ``calls``."""
    from mcp.server import Server
    from mcp_types import CallToolResult, ListToolsResult, TextContent

    async def list_tools(_: ServerRequestContext[Any], __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_offered(tool) for tool in TOOLS])

    async def call_tool(_: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        found = await calls.call(params.name, params.arguments or {})
        value = found.value.model_dump(mode="json") if found.value else None
        text = TextContent(type="text", text=found.text)
        return CallToolResult(content=[text], structured_content=value, is_error=found.failed)

    return Server(
        "qa-service",
        version=__version__,
        title="Questions to documents",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _offered(tool: Tool) -> Offered:
    from mcp_types import Tool as Offered
    from mcp_types import ToolAnnotations

    return Offered(
        name=tool.name,
        title=tool.title,
        description=tool.about,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(mode="serialization") if tool.gives else None,
        annotations=ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )
