"""The endpoints that add and remove documents: each parses, hands over to the worker and presents what it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, url_for

from qa_service import jobs
from qa_service.errors import BadInput
from qa_service.ingest.text import first_words
from qa_service.jobs.uploads import Upload, checked, safe_name
from qa_service.web import parse, replies
from qa_service.web import upload_models as shapes

if TYPE_CHECKING:
    from qa_service.answerer import Answerer

_FIELD = "files"
_NO_FOLDERS = str.maketrans("/\\", "  ")


class Uploads:
    """The endpoints over one worker; ``largest`` is the size of an upload in bytes that is still read."""

    def __init__(self, worker: jobs.Worker, answerer: Answerer, largest: int) -> None:
        self._worker = worker
        self._answerer = answerer
        self._largest = largest

    def blueprint(self) -> Blueprint:
        """Return the endpoints with their addresses."""
        uploads = Blueprint("uploads", __name__)
        uploads.post("/documents")(self.add)
        uploads.delete("/documents/<document_id>")(self.remove)
        uploads.get("/jobs/<job_id>")(self.job)
        return uploads

    def add(self) -> Response:
        """Keep the documents sent, and return the job that will index them."""
        request.max_content_length = self._largest
        job = self._worker.add(_sent_files() if request.mimetype == "multipart/form-data" else [_sent_text()])
        response = replies.as_json(_shown(job), 202)
        response.headers["Location"] = url_for("uploads.job", job_id=job.id)
        return response

    def job(self, job_id: str) -> Response:
        """Say how far a job has come."""
        return replies.as_json(_shown(self._worker.job(job_id)))

    def remove(self, document_id: str) -> Response:
        """Remove a document for good."""
        self._answerer.document(document_id)  # one that is not there need not wait for its turn to be told so
        removed = self._worker.remove(document_id)
        document = removed.document
        return replies.as_json(
            shapes.RemovedDocument(
                id=document.id, title=document.title, passages=removed.passages, statements=removed.statements
            )
        )


def _sent_files() -> list[Upload]:
    unknown = next((name for name in (*request.form, *request.files) if name != _FIELD), None)
    if unknown is not None:
        raise BadInput(f"{unknown[:200]} is not a known field; send the documents as {_FIELD}.", unknown[:200])
    sent = [file for file in request.files.getlist(_FIELD) if file.filename]
    if not sent:
        raise BadInput(f"{_FIELD} is missing; send one or more .txt, .md or .jsonl files.", _FIELD)
    return [checked(file.filename or "", file.stream.read()) for file in sent]


def _sent_text() -> Upload:
    """The document of a JSON body, as a file of one line."""
    body = parse.json_body(request, shapes.TextDocument)
    title = body.title or first_words(body.text)
    line = {"id": title, "title": title} | body.model_dump(mode="json", exclude_none=True, exclude={"title"})
    name = safe_name(title.translate(_NO_FOLDERS) + ".jsonl")
    return Upload(name, json.dumps(line, ensure_ascii=False).encode())


def _shown(job: jobs.Job) -> shapes.Job:
    error = shapes.JobError(code=job.error.code, message=job.error.message) if job.error else None
    added = tuple(shapes.Added(id=each.id, title=each.title) for each in job.documents)
    return shapes.Job.model_validate(
        {"id": job.id, "status": job.status, "stage": job.stage, "done": job.done, "total": job.total}
        | {"documents": added, "error": error}
    )
