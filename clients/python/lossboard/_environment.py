"""Where a run came from: host, interpreter, command line, commit, processors."""

from __future__ import annotations

import os
import platform
import re
import socket
import sys
from typing import Any, Dict, List, Optional

_SECRET = re.compile(r"key|token|secret|passw|credential", re.IGNORECASE)
_GPU = re.compile(r"nvidia\d+$")


def environment() -> Dict[str, Any]:
    """Facts for the run's configuration. Starts no process and imports nothing that was not imported already."""
    facts: Dict[str, Any] = {
        "host": socket.gethostname(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "command": mask(list(sys.argv)),
        "folder": os.getcwd(),
        "pid": os.getpid(),
        "cpus": os.cpu_count(),
        "gpus": _gpus(),
    }
    commit = git_commit(os.getcwd())
    if commit:
        facts["git_commit"] = commit
    for name in ("torch", "numpy", "tensorflow", "jax"):
        version = getattr(sys.modules.get(name), "__version__", None)
        if version:
            facts[name] = str(version)
    return facts


def mask(arguments: List[str]) -> List[str]:
    """Hides what follows an option whose name speaks of a secret."""
    shown = []
    hide_next = False
    for argument in arguments:
        name, equals, _ = argument.partition("=")
        secret = argument.startswith("-") and bool(_SECRET.search(name))
        if hide_next and not argument.startswith("-"):
            shown.append("***")
        else:
            shown.append(f"{name}=***" if secret and equals else argument)
        hide_next = secret and not equals
    return shown


def git_commit(folder: str) -> Optional[str]:
    """The commit checked out in the nearest repository above, read from its files."""
    while True:
        marker = os.path.join(folder, ".git")
        if os.path.exists(marker):
            try:
                return _head(marker)
            except OSError:
                return None
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _head(marker: str) -> Optional[str]:
    git = marker
    if os.path.isfile(marker):  # a worktree or submodule names its folder
        git = os.path.join(os.path.dirname(marker), _text(marker).partition("gitdir:")[2].strip())
    common = git
    if os.path.exists(os.path.join(git, "commondir")):
        common = os.path.join(git, _text(os.path.join(git, "commondir")).strip())
    head = _text(os.path.join(git, "HEAD")).strip()
    if not head.startswith("ref:"):
        return head or None
    reference = head[4:].strip()
    for folder in (git, common):
        path = os.path.join(folder, reference)
        if os.path.exists(path):
            return _text(path).strip()
    for line in _text(os.path.join(common, "packed-refs")).splitlines():
        if line.endswith(" " + reference):
            return line.split(" ", 1)[0]
    return None


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as source:
        return source.read()


def _gpus() -> int:
    try:
        return sum(1 for name in os.listdir("/dev") if _GPU.match(name))
    except OSError:
        return 0
