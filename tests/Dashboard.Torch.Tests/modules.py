"""The modules that make_models.py saves."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Quadratic(nn.Module):
    def __init__(self, shift: float):
        super().__init__()
        self.theta = nn.Parameter(torch.tensor([1.0, -1.0, 2.0, 0.5]))
        self.register_buffer("a", torch.tensor([4.0, 1.0, 0.25, 9.0]))
        self.shift = shift

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return 0.5 * (self.a * self.theta * self.theta).sum() + self.shift


class Mlp(nn.Module):
    def __init__(self, inputs=12, hidden=16, outputs=5, bias=True):
        super().__init__()
        self.first = nn.Linear(inputs, hidden, bias=bias)
        self.second = nn.Linear(hidden, outputs, bias=bias)

    def forward(self, x):
        return self.second(torch.relu(self.first(x)))


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 6, 3, padding=1)
        self.norm = nn.BatchNorm2d(6)
        self.head = nn.Linear(6 * 16, 4)

    def forward(self, x):
        x = F.max_pool2d(torch.relu(self.norm(self.conv(x))), 2)
        return self.head(x.flatten(1))


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 4, batch_first=True)
        self.head = nn.Linear(4, 3)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.into = nn.Linear(6, 6, bias=False)
        self.out = nn.Linear(6, 6, bias=False)
        self.out.weight = self.into.weight

    def forward(self, x):
        return self.out(torch.tanh(self.into(x)))


class Listed(nn.Module):
    """Uses its parameter through a list of its own, beside the parameter itself."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(6, 6))
        self.listed = [self.weight.detach()]

    def forward(self, x):
        return torch.tanh(x @ self.listed[0]) @ self.weight


class Twice(nn.Module):
    """What Listed computes, without the list."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(6, 6))

    def forward(self, x):
        return torch.tanh(x @ self.weight) @ self.weight


class InPlace(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 1)

    def forward(self, x):
        x.mul_(2.0)
        return self.layer(x)


class Failing(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        if x.numel() > 0:
            raise ValueError("this module never works")
        return self.layer(x)


class OwnLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x, y):
        return F.cross_entropy(self.layer(x), y, reduction="none")


class Slow(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(256, 256) / 16)

    def forward(self, x):
        for _ in range(40):
            x = torch.tanh(x @ self.weight)
        return x[:, :2]


class Identity(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1, 1))

    def forward(self, x):
        return x * self.scale


class Wide(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(64, 24)
        self.second = nn.Linear(24, 5)

    def forward(self, x):
        return self.second(torch.relu(self.first(x.flatten(1))))


class WideShared(nn.Module):
    """Uses its first weight once more, further on."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(64, 64)
        self.out = nn.Linear(64, 5, bias=False)

    def forward(self, x):
        x = torch.tanh(self.first(x.view(x.size(0), -1)))
        return self.out(F.linear(x, self.first.weight.t()))


class WideInner(nn.Module):
    """Its first linear layer acts on the last of three dimensions."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(64, 12)
        self.second = nn.Linear(12, 5)
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        x = self.first(x.reshape(x.size(0), 1, 64).repeat(1, 3, 1))
        return self.second(self.drop(torch.relu(x)).mean(1))


class WideLate(nn.Module):
    """Its first linear layer does not act on the inputs."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.randn(64))
        self.first = nn.Linear(64, 5)

    def forward(self, x):
        return self.first(x.flatten(1) * self.scale)


class FirstConvolution(nn.Module):
    def __init__(self, **options):
        super().__init__()
        self.first = nn.Conv2d(6, 8, **{"kernel_size": 3, **options})
        self.norm = nn.BatchNorm2d(8)
        self.act = nn.ReLU(inplace=True)
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        return self.head(self.act(self.norm(self.first(x))).mean((2, 3)))


class Residual(nn.Module):
    """Every chain that is joined: with and without BatchNorm, addition and ReLU, from both sides of an addition."""

    def __init__(self):
        super().__init__()
        self.stem, self.stem_norm = nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8)
        self.one, self.one_norm = nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8, affine=False)
        self.two, self.two_norm = nn.Conv2d(8, 16, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(16)
        self.down, self.down_norm = nn.Conv2d(8, 16, 1, stride=2), nn.BatchNorm2d(16)
        self.last = nn.Conv2d(16, 16, 3, padding=1)
        self.drop = nn.Dropout(0.5)
        self.hidden, self.head = nn.Linear(16 * 9, 20), nn.Linear(20, 5)

    def forward(self, x):
        x = torch.relu(self.stem_norm(self.stem(x)))
        x = torch.relu(x + self.one_norm(self.one(x)))
        short = self.down_norm(self.down(x))
        x = self.two_norm(self.two(x))
        x += short
        x = F.relu(x, inplace=True)
        x = torch.relu(self.last(x)) + x
        x = F.max_pool2d(x, 2).flatten(1)
        return self.head(self.drop(torch.relu(self.hidden(x))))


class Viewed(nn.Module):
    """Takes for granted that activations are stored channel after channel."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.head = nn.Linear(8 * 144, 5)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return self.head(x.view(x.size(0), -1))


class Block(nn.Module):
    """Writes into what its layer gives out."""

    def __init__(self, width: int):
        super().__init__()
        self.layer = nn.Linear(width, 8)
        self.act = nn.ReLU(inplace=True)
        self.norm = nn.Identity()
        self.normed = False

    def forward(self, x):
        x = self.act(self.layer(x))
        if self.normed:
            x = self.norm(x)
        return x


class Nested(nn.Module):
    """Modules in modules, one that is called twice, one in a loop, one never, and one with two outputs."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(Block(12), nn.Sequential(nn.Linear(8, 8), nn.Tanh()))
        self.twice = nn.Linear(8, 8)
        self.looped = nn.Linear(8, 8)
        self.unused = nn.Linear(8, 8)
        self.lstm = nn.LSTM(8, 4, batch_first=True)
        self.head = nn.Linear(4, 5)

    def forward(self, x):
        x = self.twice(torch.relu(self.twice(self.body(x))))
        for _ in range(x.size(0) % 3):
            x = self.looped(x)
        return self.head(self.lstm(x[:, None])[0][:, 0])
