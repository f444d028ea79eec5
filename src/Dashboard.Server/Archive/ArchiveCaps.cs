using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>How large an archive may be that is taken in.</summary>
/// <param name="MostEntries">Entries: each takes some hundred bytes of memory while the archive is open.</param>
/// <param name="MostUnpackedBytes">Bytes of all entries, unpacked.</param>
internal sealed record ArchiveCaps(int MostEntries, long MostUnpackedBytes)
{
    public static ArchiveCaps Of(ApiLimits limits) => new(limits.MaxArchiveEntries, limits.MaxArchiveUnpackedBytes);
}
