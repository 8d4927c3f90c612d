"""How documents are added and removed, for the OpenAPI document."""

from __future__ import annotations

from qa_service.web import upload_models
from qa_service.web.operation import Operation

_FILES = {
    "type": "object",
    "additionalProperties": False,
    "required": ["files"],
    "properties": {
        "files": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
            "description": "One or more files: .txt, .md or .jsonl, in UTF-8.",
        }
    },
}

OPERATIONS = (
    Operation(
        "post",
        "/documents",
        "add_documents",
        "Add documents as files or as text; a job indexes them, all or none. `Location` is the address of the job.",
        upload_models.Job,
        body=upload_models.TextDocument,
        form=_FILES,
        example={"title": "Harbour reopens", "text": "The harbour reopened on Monday, the port authority said."},
        status=202,
        failures=(400, 403, 413, 415),
    ),
    Operation(
        "get",
        "/jobs/{job_id}",
        "job",
        "Say how far a job has come.",
        upload_models.Job,
        failures=(404,),
    ),
    Operation(
        "delete",
        "/documents/{document_id}",
        "remove_document",
        "Remove a document for good: no answer, search or list has it afterwards.",
        upload_models.RemovedDocument,
        failures=(403, 404, 409, 503),
    ),
)
