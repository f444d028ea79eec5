"""`python -m lossboard sync`: sends what earlier processes left in the spool."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Optional

from ._delivery import Delivery
from ._http import Transport, check_url
from ._outbox import Outbox
from ._run import DEFAULT_SERVER
from ._sender import Sender
from ._spool import Spool, default_root
from ._tuning import Tuning


def main() -> int:
    parser = argparse.ArgumentParser(prog="lossboard")
    commands = parser.add_subparsers(dest="command", required=True)
    sync = commands.add_parser("sync", help="send what jobs left in the spool while the server was away")
    sync.add_argument("--server", default=os.environ.get("LOSSBOARD_URL") or DEFAULT_SERVER)
    arguments = parser.parse_args()
    return synchronize(check_url(arguments.server), os.environ.get("LOSSBOARD_API_KEY") or None, default_root(), Tuning())


def synchronize(server: str, api_key: Optional[str], root: str, tuning: Tuning) -> int:
    """Sends all sessions that no living process holds. 0 when nothing is left, 1 when the server cannot be reached."""
    left = 0
    while True:
        spool = Spool(root, server, "", "", tuning.spool_bytes)
        outbox = Outbox(spool, tuning.memory_bytes)
        delivery = Delivery(Transport(server, api_key, tuning.connect_seconds, tuning.answer_seconds), tuning.gzip_bytes)
        sender = Sender(server, outbox, spool, delivery, tuning)
        taken, left = sender.drain()
        if left or not taken:
            break
    print(f"{left} requests are left in {root}" if left else "Nothing is left in the spool")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
