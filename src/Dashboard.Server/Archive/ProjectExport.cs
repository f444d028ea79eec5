using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Writes a project as an open archive, entry by entry, a block in memory at a time; a project that is written to meanwhile goes on.</summary>
/// <remarks>What comes while it is written may be in it or not; each series is whole up to the moment at which it was begun.</remarks>
internal sealed class ProjectExport(
    IArchiveStore archive, IRunIndex runs, ISeriesStore series, IArtifactStore artifacts, IViewStore views, ISettingsStore settings, IJobStore jobs, TimeProvider clock)
{
    // Points of one read: as many as the store gives at once.
    private const int ReadPoints = 1 << 16;

    /// <summary>Writes the archive to a stream that need not seek; null where there is no such project, and nothing was written.</summary>
    /// <exception cref="ArchiveException">Something of it is not readable as it should be; the archive has no end and is none.</exception>
    public async Task<ExportReport?> WriteAsync(string project, Func<Stream> open, CancellationToken cancellation)
    {
        if (await archive.ListAsync(project, cancellation) is not { } contents)
            return null;
        var ids = new ArchiveIds();
        ids.AddProject(project);
        ids.Add("run", contents.RunIds);
        ids.Add("artifact", contents.Artifacts.Select(one => one.Info.Id));
        ids.Add("view", contents.ViewIds);
        ids.Add("job", contents.JobIds);
        var counts = new ArchiveCounts { Runs = contents.RunIds.Count, Artifacts = contents.Artifacts.Count, Views = contents.ViewIds.Count, Jobs = contents.JobIds.Count };
        var damaged = new List<string>();
        await using var output = new ArchiveOutput(open());
        string content;
        await using (var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation))
            content = await WriteAsync(new ArchiveWriter(zip), project, contents, ids, counts, damaged, cancellation);
        await output.FlushAsync(cancellation);
        return new ExportReport(content, counts, damaged);
    }

    private async Task<string> WriteAsync(
        ArchiveWriter writer, string project, ProjectContents contents, ArchiveIds ids, ArchiveCounts counts, List<string> damaged, CancellationToken cancellation)
    {
        await RunsAsync(writer, contents, ids, cancellation);
        await SeriesAsync(writer, contents, ids, counts, damaged, cancellation);
        await FilesAsync(writer, contents, counts, cancellation);
        await ArtifactsAsync(writer, contents, cancellation);
        await JobsAsync(writer, contents, ids, cancellation);
        await ViewsAsync(writer, contents, ids, cancellation);
        await SettingsAsync(writer, project, ids, cancellation);
        await ToldAsync(writer, contents, cancellation);
        await writer.AddAsync(ArchiveFormat.Project, Project(contents, counts), cancellation);
        var content = ArchiveContent.Checksum(writer.Entries);
        await writer.AddAsync(ArchiveFormat.Manifest, packed: true, stream => ManifestAsync(stream, project, content, writer.Entries, damaged, cancellation), cancellation);
        return content;
    }

    private async Task RunsAsync(ArchiveWriter writer, ProjectContents contents, ArchiveIds ids, CancellationToken cancellation) =>
        await writer.AddLinesAsync(ArchiveFormat.Runs, async lines =>
        {
            for (var at = 0; at < contents.RunIds.Count; at++)
            {
                // Removed since it was listed: its place stays, so that the numbers of the others do.
                if ((await runs.FindAsync([contents.RunIds[at]], 0, cancellation)) is not [var run])
                    throw new ArchiveException(ArchiveFormat.Runs, "A run was removed while the archive was written. Export again.");
                await lines.AddAsync(json => ArchiveRows.Write(json, at + 1, run, ids));
            }
        }, cancellation);

    private async Task SeriesAsync(
        ArchiveWriter writer, ProjectContents contents, ArchiveIds ids, ArchiveCounts counts, List<string> damaged, CancellationToken cancellation)
    {
        var index = new ArrayBufferWriter<byte>();
        for (var run = 1; run <= contents.RunIds.Count; run++)
        {
            var runId = contents.RunIds[run - 1];
            var number = 0;
            foreach (var one in await series.ListAsync(runId, cancellation) ?? throw Removed())
            {
                number++;
                counts.Series++;
                var isScalar = one.Kind == RecordKind.Scalar;
                var entry = isScalar ? ArchiveFormat.Points(run, number) : ArchiveFormat.Records(run, number);
                long count = 0;
                if (isScalar)
                {
                    await writer.AddAsync(entry, packed: true, async stream => count = await PointsAsync(stream, runId, one, damaged, cancellation), cancellation);
                    counts.Points += count;
                }
                else
                {
                    await writer.AddLinesAsync(entry, async lines => count = await RecordsAsync(lines, runId, one, ids, damaged, cancellation), cancellation);
                    counts.Records += count;
                }
                ArchiveWriter.Line(index, json => ArchiveRows.Write(json, run, number, one, count, entry));
            }
        }
        await writer.AddAsync(ArchiveFormat.Series, index.WrittenMemory, cancellation);
    }

    private async Task<long> PointsAsync(Stream stream, string runId, SeriesInfo info, List<string> damaged, CancellationToken cancellation)
    {
        var room = ArrayPool<byte>.Shared.Rent(ArchiveWriter.BlockBytes);
        try
        {
            PointsText.Header.CopyTo(room);
            await stream.WriteAsync(room.AsMemory(0, PointsText.Header.Length), cancellation);
            long count = 0;
            for (long from = 0; from < info.Count; from += ReadPoints)
            {
                var (points, lost) = await archive.ReadPointsAsync(runId, info.Tag, from, (int)Math.Min(ReadPoints, info.Count - from), cancellation) ?? throw Removed();
                damaged.AddRange(lost.Select(range => $"{range.Count} points of '{info.Tag}' of run {runId} from step {range.FirstStep} to {range.LastStep}"));
                for (var row = 0; row < points.Count;)
                {
                    var (rows, bytes) = PointsText.Write(points, row, room);
                    await stream.WriteAsync(room.AsMemory(0, bytes), cancellation);
                    row += rows;
                }
                count += points.Count;
            }
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private async Task<long> RecordsAsync(ArchiveLines lines, string runId, SeriesInfo info, ArchiveIds ids, List<string> damaged, CancellationToken cancellation)
    {
        long count = 0;
        foreach (var head in await series.ListRecordsAsync(runId, info.Kind, info.Tag, cancellation) ?? throw Removed())
        {
            var record = await series.ReadRecordAsync(runId, info.Kind, info.Tag, head.Index, cancellation) ?? throw Removed();
            if (record.Payload is null)
            {
                damaged.Add($"the {RecordKinds.Name(info.Kind)} '{info.Tag}' of run {runId} at step {record.Step}");
                continue;
            }
            await lines.AddAsync(json => RecordText.Write(json, info.Kind, record, ids));
            count++;
        }
        return count;
    }

    private async Task FilesAsync(ArchiveWriter writer, ProjectContents contents, ArchiveCounts counts, CancellationToken cancellation)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (runId, info) in contents.Artifacts)
        {
            if (!written.Add(info.Sha256))
                continue;
            if (await artifacts.FindAsync(runId, info.Name, null, info.Id, cancellation) is not var (_, path))
                throw Removed();
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            // Not packed: weights and pictures hardly become smaller.
            await writer.AddAsync(ArchiveFormat.File(info.Sha256), packed: false, stream => file.CopyToAsync(stream, ArchiveWriter.BlockBytes, cancellation), cancellation);
            if (writer.Entries[^1].Sha256 != info.Sha256)
                throw new ArchiveException("", $"The file of the artifact '{info.Name}' of run {runId} is damaged: it is no longer what was stored. Remove that version, or restore it from a backup, and export again.");
            counts.Files++;
            counts.FileBytes += info.Size;
        }
    }

    private static Task ArtifactsAsync(ArchiveWriter writer, ProjectContents contents, CancellationToken cancellation)
    {
        var runs = contents.RunIds.Select((id, at) => (id, at)).ToDictionary(one => one.id, one => one.at + 1, StringComparer.Ordinal);
        return writer.AddLinesAsync(ArchiveFormat.Artifacts, async lines =>
        {
            var number = 0;
            foreach (var (runId, info) in contents.Artifacts)
                await lines.AddAsync(json => ArchiveRows.Write(json, ++number, runs[runId], info));
        }, cancellation);
    }

    private async Task JobsAsync(ArchiveWriter writer, ProjectContents contents, ArchiveIds ids, CancellationToken cancellation)
    {
        var index = new ArrayBufferWriter<byte>();
        for (var number = 1; number <= contents.JobIds.Count; number++)
        {
            var id = contents.JobIds[number - 1];
            var job = await archive.FindJobAsync(id, cancellation) ?? throw Removed();
            var log = await jobs.ReadLogAsync(id, cancellation) ?? throw Removed();
            var entry = ArchiveFormat.Result(number);
            var packed = await jobs.ReadResultAsync(id, cancellation);
            if (packed is not null)
            {
                await writer.AddAsync(entry, packed: true, async stream =>
                {
                    await using var result = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
                    await result.CopyToAsync(stream, ArchiveWriter.BlockBytes, cancellation);
                }, cancellation);
            }
            ArchiveWriter.Line(index, json => ArchiveRows.Write(json, number, job, log, packed is null ? null : entry, ids));
        }
        await writer.AddAsync(ArchiveFormat.Jobs, index.WrittenMemory, cancellation);
    }

    private Task ViewsAsync(ArchiveWriter writer, ProjectContents contents, ArchiveIds ids, CancellationToken cancellation) =>
        writer.AddLinesAsync(ArchiveFormat.Views, async lines =>
        {
            var number = 0;
            foreach (var id in contents.ViewIds)
            {
                var view = await views.FindAsync(id, cancellation) ?? throw Removed();
                await lines.AddAsync(json => ArchiveRows.Write(json, ++number, view, ids));
            }
        }, cancellation);

    private Task SettingsAsync(ArchiveWriter writer, string project, ArchiveIds ids, CancellationToken cancellation) =>
        writer.AddLinesAsync(ArchiveFormat.Settings, async lines =>
        {
            foreach (var setting in await settings.ListAsync(project, cancellation))
                await lines.AddAsync(json => ArchiveRows.Write(json, setting, ids));
        }, cancellation);

    private Task ToldAsync(ArchiveWriter writer, ProjectContents contents, CancellationToken cancellation) =>
        writer.AddLinesAsync(ArchiveFormat.Told, async lines =>
        {
            for (var run = 1; run <= contents.RunIds.Count; run++)
            {
                foreach (var mark in await archive.ListMarksAsync(contents.RunIds[run - 1], cancellation))
                    await lines.AddAsync(json => ArchiveRows.Write(json, run, mark));
            }
        }, cancellation);

    private static byte[] Project(ProjectContents contents, ArchiveCounts counts)
    {
        var bytes = new ArrayBufferWriter<byte>();
        ArchiveWriter.Line(bytes, json =>
        {
            json.WriteString("format", ArchiveFormat.Name);
            json.WriteNumber("version", ArchiveFormat.Version);
            json.WriteNumber("created", contents.Created);
            json.WritePropertyName("counts");
            JsonSerializer.Serialize(json, counts, ArchiveRows.Snake);
        });
        return bytes.WrittenSpan.ToArray();
    }

    private async Task ManifestAsync(Stream stream, string project, string content, IReadOnlyList<ArchiveEntry> entries, List<string> damaged, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", ArchiveFormat.Name);
        json.WriteNumber("version", ArchiveFormat.Version);
        json.WriteString("project", project);
        json.WriteNumber("exported", clock.Seconds());
        json.WriteString("content", content);
        json.WriteStartArray("damaged");
        foreach (var one in damaged)
            json.WriteStringValue(one);
        json.WriteEndArray();
        json.WriteStartArray("entries");
        foreach (var entry in entries.ToList())
        {
            json.WriteStartObject();
            json.WriteString("name", entry.Name);
            json.WriteNumber("size", entry.Size);
            json.WriteString("sha256", entry.Sha256);
            json.WriteEndObject();
            if (json.BytesPending > ArchiveWriter.BlockBytes)
                await json.FlushAsync(cancellation);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
    }

    private static ArchiveException Removed() => new("", "Something of the project was removed while the archive was written. Export again.");
}
