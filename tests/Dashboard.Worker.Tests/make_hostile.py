"""Writes modules that mean harm, or mean well and cannot work, for the tests of Dashboard.Worker. Usage: make_hostile.py FOLDER SECRET"""
import pathlib
import sys
import zipfile
import zlib
from typing import Tuple

import torch
import torch.nn as nn

folder = pathlib.Path(sys.argv[1])
secret = sys.argv[2]
torch.manual_seed(21)


class Endless(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        while bool(x.numel() > 0):
            x = x * 0.5 + 0.1
        return self.layer(x)


class Greedy(nn.Module):
    """Takes memory in pieces, so that no single one is refused for its size."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        held = [x]
        for i in range(100000):
            held.append(torch.ones(16777216) * float(i))
        return self.layer(x) + held[-1][0]


class Talkative(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        print("this goes between the messages")
        return self.layer(x)


class Reading(nn.Module):
    """Maps a file as a tensor and answers with what it says."""

    def __init__(self, path: str):
        super().__init__()
        self.layer = nn.Linear(4, 1)
        self.path = path

    def forward(self, x):
        stolen = torch.from_file(self.path, shared=False, size=8, dtype=torch.uint8)
        return self.layer(x) * 0.0 + stolen.sum().float()


class Writing(nn.Module):
    """Maps a file that does not exist, which makes it."""

    def __init__(self, path: str):
        super().__init__()
        self.layer = nn.Linear(4, 1)
        self.path = path

    def forward(self, x):
        made = torch.from_file(self.path, shared=True, size=8, dtype=torch.uint8)
        made.fill_(65)
        # What changes no result would be optimised away.
        return self.layer(x) + made.sum().float() * 0.0


class Saving(nn.Module):
    def __init__(self, path: str):
        super().__init__()
        self.layer = nn.Linear(4, 1)
        self.path = path

    def forward(self, x):
        torch.save(x, self.path)
        return self.layer(x)


class WritesOnLoad(nn.Module):
    """Runs when it is read from its file, before anybody has asked for anything."""

    def __init__(self, path: str):
        super().__init__()
        self.path = path

    @torch.jit.export
    def __getstate__(self) -> Tuple[str, bool]:
        return (self.path, self.training)

    @torch.jit.export
    def __setstate__(self, state: Tuple[str, bool]):
        self.path = state[0]
        self.training = state[1]
        made = torch.from_file(self.path, shared=True, size=8, dtype=torch.uint8)
        made.fill_(65)
        torch.save(made, self.path)

    def forward(self, x):
        return x


class ReadsOnLoad(nn.Module):
    def __init__(self, path: str):
        super().__init__()
        self.path = path

    @torch.jit.export
    def __getstate__(self) -> Tuple[str, bool]:
        return (self.path, self.training)

    @torch.jit.export
    def __setstate__(self, state: Tuple[str, bool]):
        self.path = state[0]
        self.training = state[1]
        stolen = torch.from_file(self.path, shared=False, size=8, dtype=torch.uint8)
        print(stolen)

    def forward(self, x):
        return x


class EndlessOnLoad(nn.Module):
    @torch.jit.export
    def __getstate__(self) -> Tuple[int, bool]:
        return (1, self.training)

    @torch.jit.export
    def __setstate__(self, state: Tuple[int, bool]):
        self.training = state[1]
        x = torch.ones(4)
        while bool(x.numel() > 0):
            x = x * 0.5 + 0.1

    def forward(self, x):
        return x


class Holds(nn.Module):
    """A layer, and one of those above beside it."""

    def __init__(self, trap):
        super().__init__()
        self.layer = nn.Linear(4, 1)
        self.trap = trap

    def forward(self, x):
        return self.layer(self.trap(x))


class Blows(nn.Module):
    """Its loss is not a number in one corner of a plane."""

    def __init__(self):
        super().__init__()
        self.theta = nn.Parameter(torch.tensor([0.5, 0.5]))

    def forward(self, x):
        return torch.log(self.theta.sum() + 0.5) + x.sum() * 0.0


def save(name, module):
    torch.jit.script(module.eval()).save(str(folder / f"{name}.pt"))


save("endless", Endless())
save("greedy", Greedy())
save("talkative", Talkative())
save("reading", Reading(secret))
save("writing_secret", Writing(secret + "-made"))
save("writing_tmp", Writing("/tmp/lossboard-made"))
save("saving", Saving("/tmp/lossboard-made"))
save("reading_passwd", Reading("/etc/passwd"))
save("reading_process", Reading("/proc/1/environ"))
save("writes_on_load", Holds(WritesOnLoad(secret + "-made")))
save("reads_on_load", Holds(ReadsOnLoad(secret)))
save("endless_on_load", Holds(EndlessOnLoad()))
save("blows", Blows())

# No op of TorchScript opens a socket: the classes of torch.distributed that do are not to be had from a script.
# With one in the file's code, as somebody would write it by hand, the file must be refused.
CONNECTS = b'torch.classes.dist_c10d.TCPStore("127.0.0.1", 80, 1, True, 10)'


def remade(name, change):
    """A sound file, changed by hand."""
    with zipfile.ZipFile(folder / "talkative.pt") as source, zipfile.ZipFile(folder / f"{name}.pt", "w") as made:
        for entry in source.namelist():
            made.writestr(entry, change(entry, source.read(entry)))


def in_code(new):
    return lambda entry, content: content.replace(b"    print(", b"    _0 = " + new + b"\n    print(", 1) if entry.endswith("code/__torch__.py") else content


# A parser that goes down with each bracket runs out of stack: the process dies, whatever is caught.
remade("deep", in_code(b"(" * 200000 + b"1" + b")" * 200000))
remade("connects", in_code(CONNECTS))


def inflating():
    """Three gigabytes of zeros in three megabytes, where the weights are. (A zip within a zip is nothing to torch, which opens one.)"""
    deflate = zlib.compressobj(9, wbits=-15)
    block = deflate.compress(bytes(1 << 24)) + deflate.flush(zlib.Z_FULL_FLUSH)
    with zipfile.ZipFile(folder / "talkative.pt") as source, zipfile.ZipFile(folder / "inflating.pt", "w") as made:
        for entry in source.namelist():
            if not entry.endswith("data/0"):
                made.writestr(entry, source.read(entry))
                continue
            bomb = zipfile.ZipInfo(entry)
            made.writestr(bomb, block * 192 + b"\x03\x00")
            # What the directory at the end says is what readers go by.
            bomb.compress_type, bomb.file_size, bomb.CRC = zipfile.ZIP_DEFLATED, 192 << 24, 0


inflating()
