"""TensorBoard's projector folders: a configuration in text, and the files that it names."""

from __future__ import annotations

import os
import re
from typing import Dict, List, NamedTuple, Tuple

CONFIG = "projector_config.pbtxt"
_FILE = re.compile(r'\b(tensor_path|metadata_path|image_path|bookmarks_path)(\s*:\s*)(?:"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\')')


class ProjectorFile(NamedTuple):
    """A file that the configuration names: its name beside the configuration, where it is, and whether it is a picture."""

    name: str
    path: str
    picture: bool


def read(folder: str) -> Tuple[str, List[ProjectorFile]]:
    """The configuration, in which every file is named from beside it, and these files. Raises OSError and ValueError."""
    with open(os.path.join(folder, CONFIG), encoding="utf-8") as source:
        text = source.read()
    found: Dict[str, ProjectorFile] = {}

    def replaced(match: "re.Match[str]") -> str:
        field, between = match.group(1), match.group(2)
        said = re.sub(r"\\(.)", r"\1", match.group(3) if match.group(3) is not None else match.group(4))
        path = os.path.normpath(os.path.join(folder, said))
        if not os.path.isfile(path):
            raise ValueError(f"the configuration names {said!r}, and there is no such file")
        beside = os.path.relpath(path, folder).replace(os.sep, "/")
        # What lies elsewhere is put beside the rest.
        name = os.path.basename(path) if beside.startswith("../") or os.path.isabs(beside) else beside
        if name in found and found[name].path != path:
            raise ValueError(f"two files named {name!r} lie outside the folder")
        found[name] = ProjectorFile(name, path, field == "image_path")
        return f'{field}{between}"{_quoted(name)}"'

    text = _FILE.sub(replaced, text)
    if not any(match.group(1) == "tensor_path" for match in _FILE.finditer(text)):
        raise ValueError(f"{CONFIG} names no tensor_path: vectors in a TensorFlow checkpoint cannot be read; write them as tsv")
    return text, list(found.values())


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
