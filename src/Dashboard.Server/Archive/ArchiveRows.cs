using System.Text.Json;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What an archive says of each thing, a JSON object a line; <see cref="ArchiveRowReads"/> takes it back.</summary>
internal static class ArchiveRows
{
    /// <summary>How names of fields are written.</summary>
    public static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Write(Utf8JsonWriter json, int number, RunInfo run, ArchiveIds ids)
    {
        json.WriteNumber("run", number);
        json.WriteString("name", run.Name);
        json.WriteString("group", run.Group);
        // A name of a run, or an id.
        json.WriteString("parent", run.Parent is null ? null : ids.Outward(run.Parent));
        json.WriteString("status", RunViews.Name(run.Status));
        json.WriteStartArray("tags");
        foreach (var tag in run.Tags)
            json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteNumber("created", run.Created);
        json.WriteNumber("updated", run.Updated);
        Number(json, "trashed", run.Trashed);
        Number(json, "archived", run.Archived);
        Number(json, "color", run.Color);
        json.WriteString("notes", run.Notes);
        ArchiveWriter.Raw(json, "config", run.ConfigJson);
    }

    public static void Write(Utf8JsonWriter json, int run, int number, SeriesInfo series, long count, string entry)
    {
        json.WriteNumber("run", run);
        json.WriteNumber("series", number);
        json.WriteString("kind", RecordKinds.Name(series.Kind));
        json.WriteString("tag", series.Tag);
        json.WriteNumber("count", count);
        json.WriteString("entry", entry);
    }

    public static void Write(Utf8JsonWriter json, int number, int run, ArtifactInfo artifact)
    {
        json.WriteNumber("artifact", number);
        json.WriteNumber("run", run);
        json.WriteString("name", artifact.Name);
        json.WriteString("type", artifact.Type);
        Number(json, "step", artifact.Step);
        json.WriteNumber("size", artifact.Size);
        json.WriteString("sha256", artifact.Sha256);
        json.WriteNumber("created", artifact.Created);
        json.WriteString("reason", artifact.Origin.Reason);
        json.WriteString("metric", artifact.Origin.Metric);
        if (artifact.Origin.MetricValue is { } value && !double.IsFinite(value))
            json.WriteString("metric_value", value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        else
            Number(json, "metric_value", artifact.Origin.MetricValue);
        json.WriteString("metric_goal", artifact.Origin.MetricGoal);
        json.WriteBoolean("kept", artifact.Kept);
    }

    public static void Write(Utf8JsonWriter json, int number, ArchivedJob job, IReadOnlyList<LogLine> log, string? result, ArchiveIds ids)
    {
        var info = job.Info;
        json.WriteNumber("job", number);
        json.WriteString("kind", info.Kind);
        json.WriteString("name", info.Name);
        json.WriteString("status", JobViews.Name(info.Status));
        json.WriteString("device", job.Device);
        json.WriteString("computed_from", job.Content);
        json.WriteNumber("progress", info.Progress);
        json.WriteString("message", info.Message is null ? null : ids.Outward(info.Message));
        json.WriteString("backend", info.Backend);
        json.WriteString("error", info.Error is null ? null : ids.Outward(info.Error));
        json.WriteString("error_code", info.ErrorCode);
        json.WriteString("worker", info.Worker);
        json.WriteNumber("deaths", info.Deaths);
        json.WriteNumber("created", info.Created);
        Number(json, "started", info.Started);
        Number(json, "finished", info.Finished);
        json.WriteString("result", result);
        json.WriteStartArray("log");
        foreach (var line in log)
        {
            json.WriteStartObject();
            json.WriteNumber("wall_time", line.WallTime);
            json.WriteString("message", ids.Outward(line.Message));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        ArchiveWriter.Raw(json, "spec", ids.Outward(info.SpecJson));
    }

    public static void Write(Utf8JsonWriter json, int number, ViewInfo view, ArchiveIds ids)
    {
        json.WriteNumber("view", number);
        json.WriteString("kind", view.Kind);
        json.WriteString("name", view.Name);
        json.WriteNumber("version", view.Version);
        json.WriteNumber("created", view.Created);
        json.WriteNumber("updated", view.Updated);
        ArchiveWriter.Raw(json, "body", ids.Outward(view.BodyJson));
    }

    public static void Write(Utf8JsonWriter json, SettingInfo setting, ArchiveIds ids)
    {
        json.WriteString("name", setting.Name);
        json.WriteNumber("revision", setting.Revision);
        json.WriteNumber("updated", setting.Updated);
        ArchiveWriter.Raw(json, "body", ids.Outward(ArchiveSettings.WithoutSecrets(setting.Name, setting.BodyJson)));
    }

    public static void Write(Utf8JsonWriter json, int run, ArchivedMark mark)
    {
        json.WriteNumber("run", run);
        json.WriteString("channel", mark.Channel);
        json.WriteString("code", mark.Code);
        json.WriteString("tag", mark.Tag);
    }

    private static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } given)
            json.WriteNumber(name, given);
        else
            json.WriteNull(name);
    }

    private static void Number(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } given)
            json.WriteNumber(name, given);
        else
            json.WriteNull(name);
    }
}
