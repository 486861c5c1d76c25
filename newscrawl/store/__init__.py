"""Index, frontier and files of the crawl: what is written is written once, whatever happens.

Promised, on a local file system that honours ``fsync`` (ext4, xfs, btrfs, apfs): a process that is killed, a machine
that loses power and a disk that fills lose no story, repeat none and tear no line. A result is returned when its line,
the name of its file and what the store knows of it are on disk, in this order; SQLite runs in WAL mode with
``synchronous=FULL`` for that. A run that ended badly is completed by the next one that opens the folder.

With a store in PostgreSQL the same is promised of many machines: lines stay in the database until their file is
published, and what tells living runs from dead ones is there, too (docs/many-machines.md).

Not promised of SQLite: a network file system (NFS, SMB), where its WAL mode does not work and ``flock`` may not tell
that a run on another machine lives; and a disk that says it has synced when it has not. The latter is found at the next
start (the file is shorter than the size that the store recorded), and mended by deleting the store, which is rebuilt
from the files.
"""

from newscrawl.store.messages import Claims, Discovered, Figures, Look, Pending, Run, Visit, Want, WriteResult
from newscrawl.store.output.published import Cursor, PublishedFile, PublishedFiles
from newscrawl.store.policy import Policy
from newscrawl.store.schedule.states import DocumentState, HostState, SourceState
from newscrawl.store.store import Store

__all__ = [
    "Claims",
    "Cursor",
    "Discovered",
    "DocumentState",
    "Figures",
    "HostState",
    "Look",
    "Pending",
    "Policy",
    "PublishedFile",
    "PublishedFiles",
    "Run",
    "SourceState",
    "Store",
    "Visit",
    "Want",
    "WriteResult",
]
