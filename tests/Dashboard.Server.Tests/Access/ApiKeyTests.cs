using System.Text;
using Dashboard.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Server.Tests;

/// <summary>What a key is, and what it is worth.</summary>
public sealed class ApiKeyTests : IDisposable
{
    private static readonly byte[] Hash = ApiKeySecret.Hash("a key");
    private readonly PlayedKeyStore _store = new();
    private readonly AccessChanges _changes = new();
    private readonly ManualTime _time = new();
    private readonly ApiKeyUses _uses;
    private readonly ApiKeys _keys;

    public ApiKeyTests()
    {
        _uses = new ApiKeyUses(_store, NullLogger<ApiKeyUses>.Instance);
        _keys = new ApiKeys(_store, _changes, _uses, _time);
    }

    public void Dispose()
    {
        _uses.Dispose();
        _changes.Dispose();
    }

    [Fact]
    public void Secret_Made_HasThePatternAndItsSum()
    {
        var made = Enumerable.Range(0, 200).Select(_ => ApiKeySecret.Make()).ToList();

        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.All(made, key => Assert.Matches($"^{ApiKeySecret.Pattern}$", key));
        Assert.All(made, key => Assert.True(ApiKeySecret.IsWellFormed(key)));
        // The sum is the CRC-32 of zlib, which scanners have at hand.
        Assert.All(made, key => Assert.Equal(key[^6..], Base62(Crc32OfZip(key[..^7]))));
    }

    [Fact]
    public void Secret_WithAnySlip_IsNotWellFormed()
    {
        var key = ApiKeySecret.Make();
        for (var at = 0; at < key.Length; at++)
        {
            var other = key[at] == 'a' ? 'b' : 'a';
            Assert.False(ApiKeySecret.IsWellFormed(key[..at] + other + key[(at + 1)..]), $"changed at {at}");
        }
        for (var at = 3; at < 45; at++)
        {
            if (key[at] != key[at + 1])
                Assert.False(ApiKeySecret.IsWellFormed(key[..at] + key[at + 1] + key[at] + key[(at + 2)..]), $"swapped at {at}");
        }
        Assert.False(ApiKeySecret.IsWellFormed(""));
        Assert.False(ApiKeySecret.IsWellFormed(key + " "));
        Assert.False(ApiKeySecret.IsWellFormed(key[..^1]));
    }

    public static TheoryData<ApiKeyRole, string?, string, string> Worths => new()
    {
        // Role and project of the key; roles of its maker; what is left.
        { ApiKeyRole.Write, "p", "p:Owner", "Write p" },
        { ApiKeyRole.Write, "p", "*:Owner", "Write p" },
        { ApiKeyRole.Write, "p", "p:Viewer", "Read p" },
        { ApiKeyRole.Write, "p", "q:Owner", "" },
        { ApiKeyRole.Write, null, "*:Owner", "Write *" },
        { ApiKeyRole.Write, null, "p:Member q:Viewer", "Write p, Read q" },
        { ApiKeyRole.Read, "p", "p:Viewer", "Read p" },
        { ApiKeyRole.Worker, "p", "p:Owner", "Work p" },
        { ApiKeyRole.Worker, "p", "p:Member", "" },
        { ApiKeyRole.Worker, null, "p:Owner q:Member", "Work p" },
        { ApiKeyRole.Read, "p", "", "" },
    };

    [Theory]
    [MemberData(nameof(Worths))]
    public void Worth_OfAKey_IsNeverMoreThanItsMakerMay(ApiKeyRole role, string? project, string maker, string left)
    {
        var key = Key(role, project, maker);
        Assert.Equal(left, string.Join(", ", ApiKeyGrants.Of(key).Select(grant => $"{grant.Right} {grant.Project ?? "*"}")));
        Assert.Empty(ApiKeyGrants.Of(key with { Maker = key.Maker! with { Disabled = true } }));
    }

    [Fact]
    public async Task Find_KeyOfAMakerWhoIsDemoted_ShrinksWithinASecond()
    {
        _store.Key = Key(ApiKeyRole.Write, "p", "p:Member");
        Assert.True((await FindAsync())!.May(AccessRight.Write, "p"));
        _store.Key = Key(ApiKeyRole.Write, "p", "p:Viewer");
        _time.Move(TimeSpan.FromSeconds(1));
        var shrunk = (await FindAsync())!;
        Assert.False(shrunk.May(AccessRight.Write, "p"));
        Assert.True(shrunk.May(AccessRight.Read, "p"));
        Assert.Contains("role 'write' in the project 'p', and who made it may do less by now", shrunk.Told, StringComparison.Ordinal);
        _store.Key = Key(ApiKeyRole.Write, "p", "");
        _time.Move(TimeSpan.FromSeconds(1));
        Assert.Null(await FindAsync());
    }

    [Theory]
    [InlineData("key:k1")]
    [InlineData("account:maker")]
    public async Task Find_AfterWithdrawal_ReadsAtOnce(string credential)
    {
        _store.Key = Key(ApiKeyRole.Write, "p", "p:Member");
        Assert.NotNull(await FindAsync());
        Assert.NotNull(await FindAsync());
        Assert.Equal(1, _store.Reads);
        _store.Key = _store.Key with { Revoked = 1 };
        _changes.Withdraw(credential);
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Find_KeyThatExpires_IsRefusedFromThatMomentOn()
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        _store.Key = Key(ApiKeyRole.Read, "p", "p:Viewer") with { Expires = now + 0.5 };
        Assert.NotNull(await FindAsync());
        _time.Move(TimeSpan.FromSeconds(0.5));
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Find_AnswerOfTheStoreForAnotherHash_IsNotTaken()
    {
        _store.Key = Key(ApiKeyRole.Read, "p", "p:Viewer") with { Hash = ApiKeySecret.Hash("another") };
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Use_OfAKey_IsWrittenOnceAMinute()
    {
        _store.Key = Key(ApiKeyRole.Read, "p", "p:Viewer");
        await _uses.StartAsync(CancellationToken.None);
        for (var second = 0; second < 150; second++)
        {
            Assert.NotNull(await FindAsync());
            _time.Move(TimeSpan.FromSeconds(1));
        }
        await _uses.StopAsync(CancellationToken.None);
        // What is not written when it stops is lost: it is one minute's news.
        Assert.InRange(_store.Uses.Count, 0, 3);
        Assert.All(_store.Uses, use => Assert.Equal((7L, "10.0.0.1"), (use.Key, use.Address)));
    }

    private ValueTask<Caller?> FindAsync() => _keys.FindAsync(Hash, "10.0.0.1", CancellationToken.None);

    private static ApiKeyInfo Key(ApiKeyRole role, string? project, string maker)
    {
        var roles = maker.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':'))
            .Select(one => new ApiKeyGrant(one[0] == "*" ? null : one[0], Enum.Parse<AccountRole>(one[1])));
        return new ApiKeyInfo(7, "k1", "ci", project, role, Hash, "lb_abcde…", new ApiKeyMaker("maker", "Maker", false, [.. roles]), 0, null, null, null, null);
    }

    // The sum as a gzip stream carries it, so that nothing of ours is compared with itself.
    private static uint Crc32OfZip(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.NoCompression, leaveOpen: true))
            zip.Write(Encoding.ASCII.GetBytes(text));
        return BitConverter.ToUInt32(packed.ToArray(), (int)packed.Length - 8);
    }

    private static string Base62(uint value)
    {
        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var text = new char[6];
        for (var at = 5; at >= 0; at--, value /= 62)
            text[at] = Digits[(int)(value % 62)];
        return new string(text);
    }
}
