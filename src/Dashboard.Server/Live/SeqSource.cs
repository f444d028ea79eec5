using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Number of the last commit: from the feed once it heard one, before that from the store.</summary>
/// <remarks>Apart from the feed, because the store is made with the feed in hand and neither could come first.</remarks>
internal sealed class SeqSource(CommitFeed feed, IStorageHealth health)
{
    /// <summary>Last commit whose points every read that begins now will hold.</summary>
    public long LastSeq
    {
        get
        {
            if (feed.LastSeq is { } heard)
                return heard;
            var stored = health.Read().TryGetValue("last_seq", out var seq) ? (long)seq : 0;
            // A commit may have passed between the two reads; the feed's own count is then the right one.
            return feed.LastSeq ?? stored;
        }
    }
}
