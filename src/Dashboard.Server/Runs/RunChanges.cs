using System.Text;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Validates what a caller wants changed of a run.</summary>
internal sealed class RunChanges(ApiLimits limits)
{
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
        _errors.ThrowIfAny();
        return change with { Name = request.Name, Trashed = request.Trashed };
    }

    private RunChange Of(JsonElement? config, IReadOnlyList<string>? tags, string? group, string? parent, string? notes, string? status)
    {
        Optional("group", group);
        Optional("parent", parent);
        var text = Config(config);
        CheckTags(tags);
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

    private void CheckTags(IReadOnlyList<string>? tags)
    {
        if (tags is null)
            return;
        if (tags.Count > limits.MaxRunTags)
        {
            _errors.Add("/tags", "too_many_tags", $"A run may have {limits.MaxRunTags} tags at the most.");
            return;
        }
        for (var at = 0; at < tags.Count; at++)
        {
            if (NameRule.Check(tags[at], limits.MaxNameBytes, "The tag") is { } fault)
                _errors.Add($"/tags/{at}", fault.Code, fault.Message);
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
