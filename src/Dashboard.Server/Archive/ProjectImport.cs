using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Takes a project in from an archive: all of it appears in one moment, or nothing does.</summary>
internal sealed class ProjectImport(IArchiveStore archive, ApiLimits limits)
{
    /// <summary>Reads an archive that lies in a stream that seeks.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="name">Name of the new project, or null for the one it had.</param>
    /// <param name="said">Hears how far it is.</param>
    /// <param name="cancellation">Ends it; nothing is left.</param>
    /// <exception cref="ArchiveException">It is not taken in, with the entry at fault.</exception>
    /// <exception cref="ProjectNameTakenException">There is a project of this name.</exception>
    public async Task<ImportAnswer> ReadAsync(Stream file, string? name, Action<string>? said, CancellationToken cancellation)
    {
        await using var reader = await ArchiveReader.OpenAsync(file, ArchiveCaps.Of(limits), cancellation);
        var project = name ?? reader.Project;
        if (NameRule.Check(project, limits.MaxNameBytes, "The project's name") is { } fault)
            throw new ArchiveException(ArchiveFormat.Manifest, fault.Message);
        var (created, counts) = await ProjectAsync(reader, cancellation);
        var ids = new ArchiveIds();
        ids.AddProject(project);
        var read = new Reading(reader, new ArchiveRowReads(limits, ids), ids, project)
        {
            Runs = Ids(ids, "run", counts.Runs, () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))),
            Artifacts = Ids(ids, "artifact", counts.Artifacts, NewId),
            Views = Ids(ids, "view", counts.Views, NewId),
            Jobs = Ids(ids, "job", counts.Jobs, NewId),
            Said = said,
        };
        await using var intake = await archive.BeginAsync(project, cancellation);
        await RunsAsync(read, intake, cancellation);
        var (series, points, records) = await SeriesAsync(read, intake, cancellation);
        await ArtifactsAsync(read, intake, cancellation);
        await JobsAsync(read, intake, cancellation);
        await RestAsync(read, intake, cancellation);
        if (series != counts.Series || points != counts.Points || records != counts.Records)
            throw new ArchiveException(ArchiveFormat.Project, "The counts are others than those of what the archive holds.");
        reader.RequireAllRead();
        await intake.CommitAsync(created);
        return new ImportAnswer(project, read.Runs.Count, series, points, records, read.Artifacts.Count, read.Views.Count, read.Jobs.Count, reader.Content);
    }

    private static string NewId() => Guid.CreateVersion7().ToString("n");

    private static List<string> Ids(ArchiveIds ids, string kind, int count, Func<string> make)
    {
        var made = new List<string>(count);
        for (var at = 0; at < count; at++)
            made.Add(make());
        ids.Add(kind, made);
        return made;
    }

    private async Task<(double Created, ArchiveCounts Counts)> ProjectAsync(ArchiveReader reader, CancellationToken cancellation)
    {
        var (created, counts) = (0.0, (ArchiveCounts?)null);
        await reader.ReadLinesAsync(ArchiveFormat.Project, (line, _) =>
        {
            created = line.GetProperty("created").GetDouble();
            counts = line.GetProperty("counts").Deserialize<ArchiveCounts>(ArchiveRows.Snake);
            return Task.CompletedTask;
        }, cancellation);
        if (counts is null || !double.IsFinite(created))
            throw new ArchiveException(ArchiveFormat.Project, "It must say when the project was created and what it holds.");
        // Each has its ids made before anything is read.
        if (new[] { counts.Runs, counts.Artifacts, counts.Jobs }.Any(count => count < 0 || count > limits.MaxArchiveEntries) || counts.Views < 0 || counts.Views > limits.MaxViews)
            throw new ArchiveException(ArchiveFormat.Project, $"It may hold {limits.MaxArchiveEntries} runs, artifacts and jobs and {limits.MaxViews} views at the most.") { IsTooLarge = true };
        return (created, counts);
    }

    private static async Task RunsAsync(Reading read, IProjectIntake intake, CancellationToken cancellation)
    {
        var number = await NumberedAsync(read, ArchiveFormat.Runs, "run", read.Runs, (line, id) => intake.AddRunAsync(read.Rows.Run(line, id, read.Project), cancellation), cancellation);
        read.Said?.Invoke($"{number} runs");
    }

    private static async Task<(long Series, long Points, long Records)> SeriesAsync(Reading read, IProjectIntake intake, CancellationToken cancellation)
    {
        long series = 0, points = 0, records = 0;
        var (lastRun, lastSeries) = (0, 0);
        await read.Archive.ReadLinesAsync(ArchiveFormat.Series, async (line, _) =>
        {
            var (run, number, kind, tag, count) = read.Rows.Series(line);
            if (run < 1 || run > read.Runs.Count || run < lastRun || number != (run == lastRun ? lastSeries + 1 : 1))
                throw new FormatException("Series are numbered from 1 within their run, and runs come in their order.");
            (lastRun, lastSeries) = (run, number);
            var runId = read.Runs[run - 1];
            if (kind == RecordKind.Scalar)
            {
                await read.Archive.ReadAsync(
                    ArchiveFormat.Points(run, number), stream => intake.AddScalarsAsync(runId, tag, ArchivePoints.ReadAsync(stream, count, cancellation), cancellation), cancellation);
                points += count;
            }
            else
            {
                await read.Archive.ReadAsync(
                    ArchiveFormat.Records(run, number), stream => intake.AddRecordsAsync(runId, kind, tag, RecordsAsync(stream, kind, tag, count, read.Ids, cancellation), cancellation), cancellation);
                records += count;
            }
            series++;
            read.Said?.Invoke($"{series} series, {points} points, {records} records");
        }, cancellation);
        return (series, points, records);
    }

    private static async IAsyncEnumerable<RecordBlock> RecordsAsync(
        Stream stream, RecordKind kind, string tag, long expected, ArchiveIds ids, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lines = new ArchiveLineReader(stream, ArchiveFormat.MostLineBytes);
        long count = 0;
        while (await lines.ReadAsync(cancellation) is { } text)
        {
            count++;
            using var document = JsonDocument.Parse(text);
            yield return RecordText.Read(kind, tag, document.RootElement, ids);
        }
        if (count != expected)
            throw new InvalidDataException($"The entry has {count} lines and {ArchiveFormat.Series} says {expected}.");
    }

    private static async Task ArtifactsAsync(Reading read, IProjectIntake intake, CancellationToken cancellation)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        await NumberedAsync(read, ArchiveFormat.Artifacts, "artifact", read.Artifacts, async (line, id) =>
        {
            var (run, artifact) = read.Rows.Artifact(line, id);
            if (known.Add(artifact.Sha256))
            {
                var entry = ArchiveFormat.File(artifact.Sha256);
                var sha256 = "";
                await read.Archive.ReadAsync(entry, async stream => sha256 = await intake.AddFileAsync(stream, cancellation), cancellation);
                if (sha256 != artifact.Sha256)
                    throw new ArchiveException(entry, "The content of the entry is not what its name says.");
                read.Said?.Invoke($"{known.Count} files");
            }
            intake.AddArtifact(read.Run(run), artifact);
        }, cancellation);
    }

    private async Task JobsAsync(Reading read, IProjectIntake intake, CancellationToken cancellation)
    {
        var number = 0;
        await NumberedAsync(read, ArchiveFormat.Jobs, "job", read.Jobs, async (line, id) =>
        {
            var (job, log, result) = read.Rows.Job(line, id, read.Project);
            var entry = ArchiveFormat.Result(++number);
            if (result is not null && result != entry)
                throw new FormatException($"'result' must be {entry}.");
            byte[]? packed = null;
            if (result is not null)
                await read.Archive.ReadAsync(entry, async stream => packed = await ResultAsync(stream, limits.MaxJobResultBytes, cancellation), cancellation);
            await intake.AddJobAsync(job, packed, log, cancellation);
        }, cancellation);
    }

    // As workers send it: JSON, packed.
    private static async Task<byte[]> ResultAsync(Stream stream, long mostBytes, CancellationToken cancellation)
    {
        using var plain = new MemoryStream();
        await using (var capped = new CappedStream(stream, mostBytes, () => new InvalidDataException($"The result is longer than {mostBytes} bytes.")))
            await capped.CopyToAsync(plain, cancellation);
        var text = plain.GetBuffer().AsMemory(0, (int)plain.Length);
        RequireJson(text.Span);
        using var packed = new MemoryStream();
        await using (var pack = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await pack.WriteAsync(text, cancellation);
        return packed.ToArray();
    }

    private static void RequireJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
        }
    }

    private static async Task RestAsync(Reading read, IProjectIntake intake, CancellationToken cancellation)
    {
        await NumberedAsync(read, ArchiveFormat.Views, "view", read.Views, (line, id) =>
        {
            intake.AddView(read.Rows.View(line, id, read.Project));
            return Task.CompletedTask;
        }, cancellation);
        await read.Archive.ReadLinesAsync(ArchiveFormat.Settings, (line, _) =>
        {
            intake.AddSetting(read.Rows.Setting(line, read.Project));
            return Task.CompletedTask;
        }, cancellation);
        await read.Archive.ReadLinesAsync(ArchiveFormat.Told, (line, _) =>
        {
            var (run, mark) = read.Rows.Told(line);
            intake.AddMark(read.Run(run), mark);
            return Task.CompletedTask;
        }, cancellation);
    }

    private static async Task<int> NumberedAsync(
        Reading read, string entry, string field, List<string> ids, Func<JsonElement, string, Task> add, CancellationToken cancellation)
    {
        var count = 0;
        await read.Archive.ReadLinesAsync(entry, async (line, number) =>
        {
            if (number > ids.Count)
                throw new FormatException($"{ArchiveFormat.Project} counts {ids.Count} only.");
            ArchiveRowReads.Number(line, field, number);
            await add(line, ids[number - 1]);
            count = number;
        }, cancellation);
        return count == ids.Count ? count : throw new ArchiveException(entry, $"The entry has {count} lines and {ArchiveFormat.Project} counts {ids.Count}.");
    }

    /// <summary>An archive on its way in: how it is read, and the new ids of what it holds.</summary>
    private sealed record Reading(ArchiveReader Archive, ArchiveRowReads Rows, ArchiveIds Ids, string Project)
    {
        public required List<string> Runs { get; init; }
        public required List<string> Artifacts { get; init; }
        public required List<string> Views { get; init; }
        public required List<string> Jobs { get; init; }
        public Action<string>? Said { get; init; }

        public string Run(int number) => number >= 1 && number <= Runs.Count ? Runs[number - 1] : throw new FormatException($"There is no run {number}.");
    }
}
