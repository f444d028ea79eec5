using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Dashboard.Storage;

/// <summary>
/// Marks the rows of projects that are coming in. Until its project is there, a row names the claim, a negative number, as its project: no project has such a key,
/// so nobody finds it. A claim that nobody holds is a leftover, and its rows go.
/// </summary>
internal sealed class IntakeClaims
{
    private readonly ConcurrentDictionary<long, bool> _held = new();

    /// <summary>The claims that are held, as a list for SQL.</summary>
    public string Held => string.Join(',', _held.Keys.Select(claim => claim.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A claim that no process has ever held: a number that came again could take in what an earlier one left behind.</summary>
    public long Take()
    {
        var claim = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long))) | long.MinValue;
        _held[claim] = true;
        return claim;
    }

    public void Release(long claim) => _held.TryRemove(claim, out _);
}
