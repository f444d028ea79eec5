"""Writes modules that mean harm, or mean well and cannot work, for the tests of Dashboard.Worker. Usage: make_hostile.py FOLDER SECRET"""
import pathlib
import sys

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
try:
    save("saving", Saving(secret + "-saved"))
except Exception:
    # torch.save is not part of TorchScript: nothing to defend against.
    pass
save("blows", Blows())
