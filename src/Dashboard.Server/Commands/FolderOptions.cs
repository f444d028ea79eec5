using System.Globalization;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What the commands over data folders have in common.</summary>
internal static class FolderOptions
{
    /// <summary>The data folder that is looked at.</summary>
    public static CommandOption Data { get; } = new("data", "DIR", $"The data folder ({new StorageOptions().DataFolder}).");

    public static string DataOf(CommandArguments arguments) => arguments.Find(Data.Name) ?? new StorageOptions().DataFolder;

    /// <summary>Says how far a command is.</summary>
    public static void Show(this CommandConsole console, FolderProgress progress) => console.Progress(
        progress.Total == 0 ? $"{progress.Stage}…" : string.Create(CultureInfo.InvariantCulture, $"{progress.Stage}: {progress.Done:n0} of {progress.Total:n0} {progress.Unit}"));

    public static string Words(BackupManifest manifest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Words(manifest.Counts)} as of {DateTimeOffset.FromUnixTimeMilliseconds((long)(manifest.Created * 1000)):u} (commit {manifest.LastSeq}): {manifest.Files.Count:n0} files, {manifest.Size / 1e6:n1} MB");

    public static string Words(FolderCounts counts) => string.Create(
        CultureInfo.InvariantCulture,
        $"{counts.Projects:n0} projects, {counts.Runs:n0} runs, {counts.Points:n0} points, {counts.Records:n0} records, {counts.Artifacts:n0} artifacts, {counts.Jobs:n0} jobs");
}
