using Microsoft.AspNetCore.Identity;

namespace Dashboard.Server;

/// <summary>Checks passwords, which is slow on purpose: as many at once as there are cores, and as long for a name that nobody has as for one that somebody has.</summary>
internal sealed class PasswordWork(IPasswordHasher<AccountUser> hasher) : IDisposable
{
    private static readonly AccountUser Absent = new();
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);
    private readonly Lazy<string> _absentHash = new(() => hasher.HashPassword(Absent, Guid.NewGuid().ToString()));

    /// <summary>Whether the password is the account's; false, after the same work, where there is none or it has no password.</summary>
    public async Task<bool> VerifyAsync(AccountUser? user, string password, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            // Made before the first check of any name, or the first name that nobody has would take twice as long.
            var absent = _absentHash.Value;
            var hash = user?.PasswordHash;
            var verified = hasher.VerifyHashedPassword(user ?? Absent, hash ?? absent, password) != PasswordVerificationResult.Failed;
            return verified && hash is not null;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
