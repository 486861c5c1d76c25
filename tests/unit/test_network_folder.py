"""A store on a network file system is refused with one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.errors import OutputError
from newscrawl.store.backend.network import filesystem_of, refuse_network_folder

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /mnt/news nfs4 rw,vers=4.2 0 0
//nas/share /mnt/with\\040blank cifs rw 0 0
tmpfs /mnt/news/local tmpfs rw 0 0
me@host: /home/me/far fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/mnt/news/output", "nfs4"),
        ("/mnt/news", "nfs4"),
        ("/mnt/newspaper", "ext4"),
        ("/mnt/news/local/output", "tmpfs"),
        ("/mnt/with blank/a", "cifs"),
        ("/home/me/far/a", "fuse.sshfs"),
        ("/var/lib/newscrawl", "ext4"),
    ],
)
def test_the_nearest_mount_says_what_a_folder_lies_on(folder, kind):
    assert filesystem_of(Path(folder), MOUNTS) == kind


def test_a_network_folder_is_refused_with_one_sentence_that_says_what_to_do():
    with pytest.raises(OutputError) as error:
        refuse_network_folder(Path("/mnt/news/output"), MOUNTS)

    assert str(error.value).startswith("/mnt/news/output lies on a network file system (nfs4), where the locks")
    assert "NEWSCRAWL_STORE" in str(error.value)


def test_a_local_folder_and_a_broken_table_are_fine():
    refuse_network_folder(Path("/var/lib/newscrawl"), MOUNTS)
    refuse_network_folder(Path("/var/lib/newscrawl"), "what\n\n")
    refuse_network_folder(Path("/var/lib/newscrawl"))
