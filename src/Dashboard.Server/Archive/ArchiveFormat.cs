using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Server;

/// <summary>Names and numbers of the archive of a project; docs/archive.md describes it.</summary>
internal static partial class ArchiveFormat
{
    public const string Name = "lossboard-project";

    /// <summary>Rises with every change that an earlier reader would misread.</summary>
    public const int Version = 1;

    public const string Manifest = "manifest.json";
    public const string Project = "project.json";
    public const string Runs = "runs.ndjson";
    public const string Series = "series.ndjson";
    public const string Artifacts = "artifacts.ndjson";
    public const string Jobs = "jobs.ndjson";
    public const string Views = "views.ndjson";
    public const string Settings = "settings.ndjson";
    public const string Told = "told.ndjson";

    /// <summary>Bytes of a line of text: the largest embedding that ingest takes, as base64, and some room.</summary>
    public const int MostLineBytes = 192 << 20;

    /// <summary>Every archive has these, be they empty.</summary>
    public static readonly IReadOnlyList<string> Required = [Project, Runs, Series, Artifacts, Jobs, Views, Settings, Told];

    public static string Points(int run, int series) => string.Create(CultureInfo.InvariantCulture, $"series/{run}/{series}.csv");

    public static string Records(int run, int series) => string.Create(CultureInfo.InvariantCulture, $"records/{run}/{series}.ndjson");

    public static string File(string sha256) => $"artifacts/{sha256}";

    public static string Result(int job) => string.Create(CultureInfo.InvariantCulture, $"results/{job}.json");

    /// <summary>Whether an archive may have an entry of this name. Nothing else is looked at, and no name is ever used as a path.</summary>
    public static bool IsKnown(string name) => name == Manifest || Required.Contains(name) || Numbered().IsMatch(name);

    [GeneratedRegex(@"\A(series/[1-9][0-9]{0,8}/[1-9][0-9]{0,8}\.csv|records/[1-9][0-9]{0,8}/[1-9][0-9]{0,8}\.ndjson|results/[1-9][0-9]{0,8}\.json|artifacts/[0-9a-f]{64})\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbered();
}
