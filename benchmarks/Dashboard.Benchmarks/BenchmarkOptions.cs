using System.Globalization;

namespace Dashboard.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record BenchmarkOptions
{
    public static readonly string[] AllRows =
    [
        "ingest", "small", "disk", "reads", "runs", "memory", "live", "pages", "points", "log", "jobs", "landscapes", "curvature", "engine", "pca", "neighbors",
        "tsne", "umap", "metrics", "watch", "diagnosis", "diagnose",
    ];

    public IReadOnlyList<string> Rows { get; private init; } = AllRows;
    /// <summary>Points of the long series.</summary>
    public long LongPoints { get; private init; } = 100_000_000;
    /// <summary>Seconds each load lasts.</summary>
    public double Seconds { get; private init; } = 10;
    /// <summary>Connections of the loads with 1,000-point batches.</summary>
    public int Connections { get; private init; } = 16;
    /// <summary>The repository's root.</summary>
    public string Root { get; private init; } = Environment.CurrentDirectory;

    /// <exception cref="ArgumentException">A row or an option is unknown, or a number is not one.</exception>
    public static BenchmarkOptions Parse(string[] args)
    {
        var options = new BenchmarkOptions();
        var rows = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (AllRows.Contains(args[i]))
            {
                rows.Add(args[i]);
                continue;
            }

            var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException(Usage(args[i]));
            options = args[i++] switch
            {
                "--points-100m" => options with { LongPoints = (long)Number(value, 100_000, 1e10) },
                "--seconds" => options with { Seconds = Number(value, 1, 60) },
                "--connections" => options with { Connections = (int)Number(value, 1, 256) },
                "--root" => options with { Root = Path.GetFullPath(value) },
                _ => throw new ArgumentException(Usage(args[i - 1])),
            };
        }

        return rows.Count == 0 ? options : options with { Rows = rows };
    }

    private static double Number(string text, double from, double to) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
            ? number
            : throw new ArgumentException($"'{text}' is not a number from {from} to {to}.");

    private static string Usage(string what) =>
        $"'{what}' is not understood. Usage: benchmarks/run.sh [{string.Join(' ', AllRows)}] [--points-100m N] [--seconds S] [--connections N]";
}
