using Microsoft.AspNetCore.Http;

namespace Dashboard.Server.Tests;

/// <summary>Credentials that a test plays: a header names the caller. They stand where keys, sessions and share links stand.</summary>
internal sealed class PlayedCredentials : ICredentialReader
{
    public const string Header = "Played-Caller";

    private readonly Dictionary<string, Caller> _callers = new(StringComparer.Ordinal);

    /// <summary>Credentials that no longer hold.</summary>
    public HashSet<string> Withdrawn { get; } = [];

    public void Add(string name, CallerKind kind, params AccessGrant[] grants) => Add(name, kind, null, grants);

    public void Add(string name, CallerKind kind, DateTimeOffset? expires, params AccessGrant[] grants) =>
        _callers[name] = new Caller(kind, name, grants) { Id = name, Credentials = [$"key:{name}"], Expires = expires };

    public ValueTask<Caller?> ReadAsync(HttpContext context)
    {
        if (context.Request.Headers[Header] is not [{ } name])
            return ValueTask.FromResult<Caller?>(null);
        lock (Withdrawn)
            return _callers.TryGetValue(name, out var caller) && !Withdrawn.Contains(name) ? ValueTask.FromResult<Caller?>(caller) : throw AccessProblems.InvalidKey();
    }
}
