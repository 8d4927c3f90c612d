"""Documents that arrive while the service runs: kept safely first, then indexed one job at a time."""

from __future__ import annotations

from .record import Job, JobError, Jobs, Listed
from .worker import Worker

__all__ = ["Job", "JobError", "Jobs", "Listed", "Worker"]
