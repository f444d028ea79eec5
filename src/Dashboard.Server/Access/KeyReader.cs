using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Knows keys: <c>Authorization: Bearer lb_…</c>, in the header and nowhere else, since addresses end up in logs.</summary>
internal sealed class KeyReader(ApiKeys keys, LocalWorkerKey worker, RateLimits rates, IOptions<AccessOptions> options, IConfiguration configuration) : ICredentialReader
{
    private const string Scheme = "Bearer ";
    // No key is longer; the owner key is a person's own.
    private const int LongestToken = 4096;

    private static readonly Caller Owner = new(CallerKind.Key, "owner key", [new AccessGrant(AccessRight.Administer)]) { Credentials = ["key:owner"] };

    private readonly byte[]? _owner = AccessOptionsValidator.OwnerKey(options.Value, configuration) is { } key ? ApiKeySecret.Hash(key) : null;
    private readonly byte[] _worker = ApiKeySecret.Hash(worker.Secret);

    public async ValueTask<Caller?> ReadAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
            return null;
        var text = header.Count == 1 ? header[0]!.Trim() : "";
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && !text.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            throw AccessProblems.OtherScheme();
        var address = ClientAddress.Of(context);
        var token = text.Length > Scheme.Length ? text[Scheme.Length..].Trim() : "";
        return await FindAsync(token, address, context.RequestAborted) ?? throw rates.FailedKey(address);
    }

    private async ValueTask<Caller?> FindAsync(string token, string address, CancellationToken cancellation)
    {
        if (token.Length is 0 or > LongestToken)
            return null;
        var hash = ApiKeySecret.Hash(token);
        if (_owner is not null && CryptographicOperations.FixedTimeEquals(hash, _owner))
            return Owner;
        if (!ApiKeySecret.IsWellFormed(token))
            return null;
        return CryptographicOperations.FixedTimeEquals(hash, _worker) ? worker.Caller : await keys.FindAsync(hash, address, cancellation);
    }
}
