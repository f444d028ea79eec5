using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>One series of an answer.</summary>
internal sealed record ScalarSeries(string RunId, ScalarWindow Window)
{
    /// <summary>Points in the answer.</summary>
    public int Count => Window.Steps.Length;

    /// <summary>Whether any bucket holds NaN or an infinity.</summary>
    public bool HasNonFinite => Window.NonFinite.AsSpan().ContainsAnyExcept(0);
}
