namespace Dashboard.Torch;

/// <summary>Evenly spaced coordinates, both ends included.</summary>
public sealed record GridAxis
{
    /// <summary>Makes an axis.</summary>
    /// <exception cref="TorchInputException">Ends that are not finite or not rising, or fewer than two points.</exception>
    public GridAxis(double from, double to, int points)
    {
        if (!double.IsFinite(from) || !double.IsFinite(to) || !(from < to)) throw new TorchInputException($"An axis runs from one finite number to a larger one, not from {from:R} to {to:R}.");
        if (points < 2) throw new TorchInputException($"An axis has at least two points, not {points}.");
        (From, To, Points) = (from, to, points);
    }

    /// <summary>First coordinate.</summary>
    public double From { get; }

    /// <summary>Last coordinate.</summary>
    public double To { get; }

    /// <summary>How many.</summary>
    public int Points { get; }

    /// <summary>The coordinates. The ends are exact, and so is the middle of a symmetric axis.</summary>
    public double this[int index] => index == 0 ? From : index == Points - 1 ? To : (From * (Points - 1 - index) + To * index) / (Points - 1);

    /// <summary>All of them.</summary>
    public double[] Values() => [.. Enumerable.Range(0, Points).Select(index => this[index])];
}
