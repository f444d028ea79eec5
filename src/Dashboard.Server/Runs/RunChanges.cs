using System.Text;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Validates what a caller wants changed of a run.</summary>
internal sealed class RunChanges(ApiLimits limits)
{
    // The palette has nine colours; css/tokens.css defines them.
    private const int LastColor = 8;
    private readonly BodyErrors _errors = new(limits.MaxErrors);

    /// <summary>Project, name and change of a <c>PUT</c>.</summary>
    /// <exception cref="ApiProblemException">422 with every fault.</exception>
    public (string Project, string Name, RunChange Change) Of(PutRunRequest request)
    {
        Required("project", request.Project);
        Required("run", request.Run);
        var change = Of(request.Config, request.Tags, request.Group, request.Parent, request.Notes, request.Status);
        _errors.ThrowIfAny();
        return (request.Project!, request.Run!, change);
    }

    /// <summary>Change of a <c>PATCH</c>.</summary>
    /// <exception cref="ApiProblemException">422 with every fault.</exception>
    public RunChange Of(PatchRunRequest request)
    {
        if (request.Name is not null)
            Required("name", request.Name);
        var change = Of(request.Config, request.Tags, request.Group, request.Parent, request.Notes, request.Status);
        CheckColor("/color", request.Color);
        _errors.ThrowIfAny();
        var from = request.Base is { } seen ? new RunBase { Name = seen.Name, Group = seen.Group, Tags = seen.Tags, Notes = seen.Notes } : null;
        return change with { Name = request.Name, Color = request.Color, Archived = request.Archived, Trashed = request.Trashed, Base = from };
    }

    /// <summary>Ids and change of a bulk request; the change is null where the runs are to be removed.</summary>
    public (IReadOnlyList<string> Ids, RunChange? Change) Of(BulkRunsRequest request)
    {
        var ids = request.RunIds ?? [];
        if (ids.Count == 0)
            _errors.Add("/run_ids", "missing", "The field 'run_ids' is required: the ids of the runs.");
        else if (ids.Count > limits.MaxBulkRuns)
            _errors.Add("/run_ids", "too_many_runs", $"At most {limits.MaxBulkRuns} runs may be changed by one request.");
        if (request.Change is null && !request.Permanent)
            _errors.Add("/change", "missing", "The field 'change' is required: what to change of each run.");
        if (request.Change is not null && request.Permanent)
            _errors.Add("/permanent", "contradiction", "Runs are either changed or removed for good, not both.");
        if (request.Change is not { } change)
        {
            _errors.ThrowIfAny();
            return (ids.Distinct(StringComparer.Ordinal).ToList(), null);
        }

        Optional("change/group", change.Group);
        CheckTags("/change/add_tags", change.AddTags);
        CheckTags("/change/remove_tags", change.RemoveTags);
        CheckColor("/change/color", change.Color);
        _errors.ThrowIfAny();
        return (ids, new RunChange
        {
            Group = change.Group, AddTags = change.AddTags ?? [], RemoveTags = change.RemoveTags ?? [], Color = change.Color, Archived = change.Archived, Trashed = change.Trashed,
        });
    }

    private RunChange Of(JsonElement? config, IReadOnlyList<string>? tags, string? group, string? parent, string? notes, string? status)
    {
        Optional("group", group);
        Optional("parent", parent);
        var text = Config(config);
        CheckTags("/tags", tags);
        if (notes is not null && Encoding.UTF8.GetByteCount(notes) > limits.MaxTextBytes)
            _errors.Add("/notes", "text_too_long", $"The notes are longer than {limits.MaxTextBytes} UTF-8 bytes.");
        var known = status is null ? null : RunViews.Status(status);
        if (status is not null && known is null)
            _errors.Add("/status", "unknown_status", "The status must be running, finished or failed.");
        return new RunChange { Group = group, Parent = parent, Status = known, ConfigJson = text, Tags = tags, Notes = notes };
    }

    private string? Config(JsonElement? config)
    {
        if (config is not { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } given)
            return null;
        if (given.ValueKind != JsonValueKind.Object)
        {
            _errors.Add("/config", "wrong_type", "The configuration must be an object.");
            return null;
        }
        var text = given.GetRawText();
        if (Encoding.UTF8.GetByteCount(text) <= limits.MaxConfigBytes)
            return text;
        _errors.Add("/config", "text_too_long", $"The configuration is longer than {limits.MaxConfigBytes} bytes.");
        return null;
    }

    private void CheckColor(string pointer, int? color)
    {
        if (color is < -1 or > LastColor)
            _errors.Add(pointer, "unknown_color", $"The colour must be a slot of the palette from 0 to {LastColor}, or -1 for the automatic one.");
    }

    private void CheckTags(string pointer, IReadOnlyList<string>? tags)
    {
        if (tags is null)
            return;
        if (tags.Count > limits.MaxRunTags)
        {
            _errors.Add(pointer, "too_many_tags", $"A run may have {limits.MaxRunTags} tags at the most.");
            return;
        }
        for (var at = 0; at < tags.Count; at++)
        {
            if (NameRule.Check(tags[at], limits.MaxNameBytes, "The tag") is { } fault)
                _errors.Add($"{pointer}/{at}", fault.Code, fault.Message);
        }
    }

    private void Required(string field, string? name)
    {
        if (name is null)
            _errors.Add($"/{field}", "missing", $"The field '{field}' is required: a text of 1 to {limits.MaxNameBytes} UTF-8 bytes.");
        else if (NameRule.Check(name, limits.MaxNameBytes, $"The {field} name") is { } fault)
            _errors.Add($"/{field}", fault.Code, fault.Message);
    }

    private void Optional(string field, string? name)
    {
        if (name is { Length: > 0 } && NameRule.Check(name, limits.MaxNameBytes, $"The {field}") is { } fault)
            _errors.Add($"/{field}", fault.Code, fault.Message);
    }
}
