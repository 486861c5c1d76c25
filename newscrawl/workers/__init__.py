"""The pool of killable processes in which untrusted bytes are parsed, and their parent."""

from newscrawl.workers.pool import WorkerError, WorkerPool

__all__ = ["WorkerError", "WorkerPool"]
