namespace Dashboard.Analysis.Tests;

/// <summary>Keeps what it is told, on the thread that tells.</summary>
internal sealed class Told : IProgress<double>
{
    public List<double> Shares { get; } = [];

    public void Report(double value) => Shares.Add(value);
}
