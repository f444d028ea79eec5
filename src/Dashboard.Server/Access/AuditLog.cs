using System.Text.Json;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Notes who did what. An entry never holds a secret.</summary>
internal sealed partial class AuditLog(IAuditStore store, ILogger<AuditLog> logger)
{
    /// <summary>Notes what a request did.</summary>
    /// <param name="context">The request.</param>
    /// <param name="action">What was done, as <c>key.created</c>.</param>
    /// <param name="project">Where, or null for the server.</param>
    /// <param name="subject">Id or name of what it was done to.</param>
    /// <param name="detail">More, by name.</param>
    public Task WriteAsync(HttpContext context, string action, string? project, string? subject, IReadOnlyDictionary<string, string>? detail = null) =>
        WriteAsync(context.Caller(), context.Connection.RemoteIpAddress?.ToString(), action, project, subject, detail);

    /// <summary>Notes what a caller did.</summary>
    public async Task WriteAsync(Caller caller, string? address, string action, string? project, string? subject, IReadOnlyDictionary<string, string>? detail = null)
    {
        var kind = caller == Caller.Server ? "server" : caller.Kind.ToString().ToLowerInvariant();
        var entry = new AuditInfo(0, 0, action, kind, caller.Id, caller.Name, address, project, subject, detail is null ? null : JsonSerializer.Serialize(detail));
        try
        {
            await store.AddAsync(entry);
        }
        catch (StoreException failure)
        {
            // What was done is done: a full disk must not turn it into an error. The log has it.
            NotStored(action, caller.Name, project, subject, failure);
        }
    }

    [LoggerMessage(2402, LogLevel.Error, "Not stored in the audit log: {Action} by {Actor} in {Project} on {Subject}.")]
    private partial void NotStored(string action, string actor, string? project, string? subject, Exception failure);
}
