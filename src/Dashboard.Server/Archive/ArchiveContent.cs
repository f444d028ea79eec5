using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Server;

/// <summary>The content checksum of a project: it is the same wherever the project is kept, because no entry holds an id, a name of the project or anything of how points are stored.</summary>
internal static class ArchiveContent
{
    /// <summary>SHA-256 of the lines <c>HASH  NAME</c> of all entries but the manifest, sorted by their bytes: what <c>sha256sum * | LC_ALL=C sort | sha256sum</c> gives.</summary>
    public static string Checksum(IEnumerable<ArchiveEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Hashes are hex and names ASCII: ordinal order is the order of bytes.
        foreach (var line in entries.Select(entry => $"{entry.Sha256}  {entry.Name}\n").Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.ASCII.GetBytes(line));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
