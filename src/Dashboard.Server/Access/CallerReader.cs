using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Finds out who sent a request. A key in the header is the whole answer; sessions and share links add up, since a browser sends all that it has.</summary>
internal sealed class CallerReader(IEnumerable<ICredentialReader> readers, IOptions<AccessOptions> options, IConfiguration configuration)
{
    /// <summary>Whether people have to say who they are.</summary>
    public AccessMode Mode { get; } = Listening.Mode(options.Value, configuration);

    /// <summary>Who sent it.</summary>
    public async ValueTask<Caller> ReadAsync(HttpContext context)
    {
        if (Mode == AccessMode.Local)
            return Caller.Local;
        var found = new List<Caller>();
        foreach (var reader in readers)
        {
            if (await reader.ReadAsync(context) is not { } caller)
                continue;
            if (caller.Kind == CallerKind.Key)
                return caller;
            found.Add(caller);
        }
        return found.Count switch
        {
            0 => Caller.Nobody,
            1 => found[0],
            _ => Together(found),
        };
    }

    private static Caller Together(List<Caller> callers)
    {
        // A person goes before links: what is done is done by them.
        var first = callers.Find(caller => caller.Kind == CallerKind.Account) ?? callers[0];
        return new Caller(first.Kind, first.Name, [.. callers.SelectMany(caller => caller.Grants)])
        {
            Id = first.Id,
            AccountId = first.AccountId,
            Credentials = [.. callers.SelectMany(caller => caller.Credentials)],
            Expires = callers.Min(caller => caller.Expires),
        };
    }
}
