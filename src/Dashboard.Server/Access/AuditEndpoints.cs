using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Server;

/// <summary>What was done, by whom and when.</summary>
internal static class AuditEndpoints
{
    /// <summary>Maps <c>/audit</c>.</summary>
    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit", ListAsync).Needs(AccessRight.Manage, AccessSubject.Project).WithName("listAudit").WithTags("Access").WithSummary("Entries of the audit log, the newest first.")
            .WithDescription("Of one project for its owners; without project those of the server and of every project, for owners of the server. Pass the answer's before for older ones.");

    private static async Task<Ok<AuditView>> ListAsync(
        Caller caller, string? project, long? before, int? limit, IAuditStore store, ApiLimits limits, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(project) && !caller.IsAdministrator)
            throw AccessProblems.Forbidden(AccessRight.Administer, caller);
        var most = limit ?? limits.DefaultPageSize;
        if (most < 1 || most > limits.MaxPageSize)
            throw ApiProblems.BadParameter("/query/limit", $"The limit must be from 1 to {limits.MaxPageSize}.");
        var entries = await store.ListAsync(string.IsNullOrEmpty(project) ? null : project, before, most, cancellation);
        return TypedResults.Ok(new AuditView([.. entries.Select(Of)], entries.Count == most ? entries[^1].Key : null));
    }

    private static AuditEntryView Of(AuditInfo entry)
    {
        using var detail = entry.DetailJson is null ? null : JsonDocument.Parse(entry.DetailJson);
        return new AuditEntryView(
            entry.Key, entry.Time, entry.Action, entry.ActorKind, entry.ActorId, entry.Actor, entry.Address, entry.Project, entry.Subject, detail?.RootElement.Clone());
    }
}
