using System.Text;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Takes back what <see cref="ArchiveRows"/> wrote, with the same rules that the interface has: an archive may come from anybody.</summary>
/// <remarks>Every fault is a <see cref="FormatException"/>, or what the JSON reader throws where a field is missing or of another type.</remarks>
internal sealed class ArchiveRowReads(ApiLimits limits, ArchiveIds ids)
{
    private const int LastColor = 8;

    /// <summary>The number of a thing, which must be the next one.</summary>
    public static void Number(JsonElement line, string name, int expected)
    {
        if (line.GetProperty(name).GetInt32() != expected)
            throw new FormatException($"'{name}' must be {expected}: things are numbered in their order.");
    }

    public RunInfo Run(JsonElement line, string id, string project) => new()
    {
        Id = id,
        Project = project,
        Name = Name(line, "name"),
        Group = OptionalName(line, "group"),
        Parent = OptionalName(line, "parent") is { } parent ? ids.Inward(parent) : null,
        Status = RunViews.Status(line.GetProperty("status").GetString()!) ?? throw new FormatException("'status' must be running, finished or failed."),
        Tags = Tags(line),
        Notes = Text(line, "notes", limits.MaxTextBytes),
        ConfigJson = Json(line, "config", limits.MaxConfigBytes),
        Created = Time(line, "created"),
        Updated = Time(line, "updated"),
        Trashed = OptionalTime(line, "trashed"),
        Archived = OptionalTime(line, "archived"),
        Color = line.GetProperty("color") is { ValueKind: not JsonValueKind.Null } color ? Within(color.GetInt32(), 0, LastColor, "color") : null,
    };

    public (int Run, int Series, RecordKind Kind, string Tag, long Count) Series(JsonElement line)
    {
        var kind = RecordKinds.Kind(line.GetProperty("kind").GetString()!) ?? throw new FormatException("'kind' is none that there is.");
        return (line.GetProperty("run").GetInt32(), line.GetProperty("series").GetInt32(), kind, Name(line, "tag"), line.GetProperty("count").GetInt64());
    }

    public (int Run, ArtifactInfo Artifact) Artifact(JsonElement line, string id)
    {
        var name = Name(line, "name");
        if (ArtifactNames.Fault(name) is { } fault)
            throw new FormatException(fault);
        var type = line.GetProperty("type").GetString()!;
        if (!ArtifactEndpoints.Types.Contains(type))
            throw new FormatException($"'type' must be one of {string.Join(", ", ArtifactEndpoints.Types)}.");
        var sha256 = line.GetProperty("sha256").GetString()!;
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
            throw new FormatException("'sha256' must be 64 hex digits.");
        double? value = line.GetProperty("metric_value") switch
        {
            { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
            var text => text.GetString() switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => throw new FormatException("'metric_value' is no number.") },
        };
        var origin = new ArtifactOrigin(OptionalName(line, "reason"), OptionalName(line, "metric"), value, OptionalName(line, "metric_goal"));
        long? step = line.GetProperty("step") is { ValueKind: not JsonValueKind.Null } given ? given.GetInt64() : null;
        return (line.GetProperty("run").GetInt32(), new ArtifactInfo(
            id, name, type, step, line.GetProperty("size").GetInt64(), sha256, Time(line, "created"), origin, line.GetProperty("kept").GetBoolean()));
    }

    public (ArchivedJob Job, IReadOnlyList<LogLine> Log, string? Result) Job(JsonElement line, string id, string project)
    {
        var kind = line.GetProperty("kind").GetString()!;
        if (!JobKinds.All.Contains(kind))
            throw new FormatException("'kind' is none that there is.");
        var status = JobViews.Status(line.GetProperty("status").GetString()!);
        if (status is not (JobStatus.Succeeded or JobStatus.Failed or JobStatus.Cancelled))
            throw new FormatException("'status' must be succeeded, failed or cancelled.");
        var result = line.GetProperty("result").GetString();
        if (result is null == (status == JobStatus.Succeeded))
            throw new FormatException("A job has a result where it succeeded, and only there.");
        var log = line.GetProperty("log");
        if (log.GetArrayLength() > limits.MaxJobLogLines)
            throw new FormatException($"'log' has more than {limits.MaxJobLogLines} lines.");
        var info = new JobInfo
        {
            Id = id,
            Project = project,
            Kind = kind,
            Name = Name(line, "name"),
            SpecJson = ids.Inward(Json(line, "spec", 2 * limits.MaxJobSpecBytes)),
            Status = status.Value,
            Progress = Finite(line, "progress"),
            Message = OptionalText(line, "message", limits.MaxJobTextBytes) is { } message ? ids.Inward(message) : null,
            Backend = OptionalName(line, "backend"),
            Error = OptionalText(line, "error", limits.MaxJobTextBytes) is { } error ? ids.Inward(error) : null,
            ErrorCode = OptionalName(line, "error_code"),
            Worker = OptionalName(line, "worker"),
            Deaths = line.GetProperty("deaths").GetInt32(),
            Created = Time(line, "created"),
            Started = OptionalTime(line, "started"),
            Finished = OptionalTime(line, "finished"),
        };
        var said = log.EnumerateArray().Select(one => new LogLine(Time(one, "wall_time"), ids.Inward(Text(one, "message", 2 * limits.MaxJobTextBytes)))).ToList();
        return (new ArchivedJob(info, Name(line, "device"), OptionalName(line, "computed_from")), said, result);
    }

    public ViewInfo View(JsonElement line, string id, string project)
    {
        var kind = line.GetProperty("kind").GetString()!;
        if (!ViewKinds.All.Contains(kind))
            throw new FormatException("'kind' must be view, query or report.");
        var version = line.GetProperty("version").GetInt64();
        return new ViewInfo(id, project, kind, Name(line, "name"), ids.Inward(Json(line, "body", 2 * limits.MaxViewBytes)), version, Time(line, "created"), Time(line, "updated"));
    }

    public SettingInfo Setting(JsonElement line, string project)
    {
        var name = Name(line, "name");
        // Once more: an archive need not have been written here.
        var body = ArchiveSettings.WithoutSecrets(name, ids.Inward(Json(line, "body", 2 * limits.MaxViewBytes)));
        if (ArchiveSettings.Fault(name, body) is { } fault)
            throw new FormatException($"The setting '{name}' cannot be read: {fault}");
        return new SettingInfo(project, name, body, line.GetProperty("revision").GetInt64(), Time(line, "updated"));
    }

    public (int Run, ArchivedMark Mark) Told(JsonElement line) =>
        (line.GetProperty("run").GetInt32(), new ArchivedMark(Name(line, "channel"), Name(line, "code"), line.GetProperty("tag").GetString() is { Length: > 0 } ? Name(line, "tag") : ""));

    private List<string> Tags(JsonElement line)
    {
        var tags = line.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!).ToList();
        if (tags.Count > limits.MaxRunTags)
            throw new FormatException($"'tags' has more than {limits.MaxRunTags}.");
        foreach (var tag in tags)
            Named(tag, "tags");
        return tags;
    }

    private string Name(JsonElement line, string field) => Named(line.GetProperty(field).GetString(), field);

    private string? OptionalName(JsonElement line, string field) => line.GetProperty(field).GetString() is { } name ? Named(name, field) : null;

    private string Named(string? name, string field) =>
        NameRule.Check(name, limits.MaxNameBytes, $"'{field}'") is { } fault ? throw new FormatException(fault.Message) : name!;

    private static string Text(JsonElement line, string field, int mostBytes) => OptionalText(line, field, mostBytes) ?? throw new FormatException($"'{field}' must be a text.");

    private static string? OptionalText(JsonElement line, string field, int mostBytes)
    {
        var text = line.GetProperty(field).GetString();
        return text is not null && Encoding.UTF8.GetByteCount(text) > mostBytes ? throw new FormatException($"'{field}' is longer than {mostBytes} bytes.") : text;
    }

    private static string Json(JsonElement line, string field, int mostBytes)
    {
        var value = line.GetProperty(field);
        if (value.ValueKind != JsonValueKind.Object)
            throw new FormatException($"'{field}' must be an object.");
        var text = value.GetRawText();
        return Encoding.UTF8.GetByteCount(text) > mostBytes ? throw new FormatException($"'{field}' is longer than {mostBytes} bytes.") : text;
    }

    private static double Time(JsonElement line, string field) => Finite(line, field);

    private static double? OptionalTime(JsonElement line, string field) => line.GetProperty(field).ValueKind == JsonValueKind.Null ? null : Finite(line, field);

    private static double Finite(JsonElement line, string field) =>
        line.GetProperty(field).GetDouble() is var number && double.IsFinite(number) ? number : throw new FormatException($"'{field}' must be finite.");

    private static int Within(int number, int from, int to, string field) =>
        number >= from && number <= to ? number : throw new FormatException($"'{field}' must be from {from} to {to}.");
}
