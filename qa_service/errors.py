"""Errors that are shown to people; anything else that is raised is a bug.

QAError                     one sentence that says what is wrong and what to do
├── BadInput                something that was given is malformed: a question, a file, a filter, a setting
│   ├── BadSetting          a setting has a value that cannot be used
│   └── BadDocument         a file cannot be read as a document
├── UnknownId               nothing has that id: no document, answer, job, …
├── NotReady                there is no index yet, or it was built for other settings
│   ├── NoIndex             nothing has been indexed in this home
│   └── WrongIndex          the index was built with another model or format
├── Damaged                 a stored file differs from its checksum
├── Busy                    another process is writing to this home
└── ModelUnavailable        a language model was asked for and none is configured or reachable
"""

from __future__ import annotations


class QAError(Exception):
    """An error meant for a person. ``code`` names its kind for programs, ``field`` the input it is about."""

    code = "error"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class BadInput(QAError):
    """Something that was given is malformed."""

    code = "invalid_request"


class BadSetting(BadInput):
    """A setting has a value that cannot be used."""

    code = "invalid_setting"


class BadDocument(BadInput):
    """A file cannot be read as a document."""

    code = "invalid_document"


class UnknownId(QAError):
    """Nothing has that id: no document, answer, conversation or job."""

    code = "not_found"


class NotReady(QAError):
    """The service cannot answer in its present state."""

    code = "not_ready"


class NoIndex(NotReady):
    """Nothing has been indexed in this home yet."""

    code = "no_index"


class WrongIndex(NotReady):
    """The index was built with another model or in another format."""

    code = "wrong_index"


class Damaged(QAError):
    """A stored file differs from its checksum."""

    code = "damaged"


class Busy(QAError):
    """Another process is writing to this home."""

    code = "busy"


class ModelUnavailable(QAError):
    """A language model was asked for and none is configured or reachable."""

    code = "model_unavailable"
