using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>One entry of the audit log.</summary>
/// <param name="Id">Rises with each entry.</param>
/// <param name="Time">Seconds since the Unix epoch.</param>
/// <param name="Action">What was done, as <c>key.created</c>.</param>
/// <param name="ActorKind">Kind of who did it: <c>account</c>, <c>key</c>, <c>share</c>, <c>local</c>, <c>server</c>, <c>nobody</c>.</param>
/// <param name="ActorId">Id of who did it, where there is one.</param>
/// <param name="Actor">Who did it, as it was called then.</param>
/// <param name="Address">Where it came from.</param>
/// <param name="Project">Project that it was done in; null where it was done to the server.</param>
/// <param name="Subject">Id or name of what it was done to.</param>
/// <param name="Detail">More, by name; null where there is none.</param>
public sealed record AuditEntryView(
    long Id, double Time, string Action, string ActorKind, string? ActorId, string Actor, string? Address, string? Project, string? Subject, JsonElement? Detail);
