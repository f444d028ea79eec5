namespace Dashboard.Storage;

/// <summary>Share links. Of a link's secret only the hash is kept.</summary>
public interface IShareLinkStore
{
    /// <summary>Adds a link; its id and its times are the store's, whatever <paramref name="link"/> says. Null where the project holds <paramref name="limit"/> that are not revoked.</summary>
    /// <param name="link">What it shows, to whom.</param>
    /// <param name="hash">SHA-256 of its secret.</param>
    /// <param name="limit">So many in a project at the most.</param>
    Task<ShareLinkInfo?> AddAsync(ShareLinkInfo link, byte[] hash, int limit);

    /// <summary>Links of a project that are not revoked, the newest first; expired ones are among them.</summary>
    Task<IReadOnlyList<ShareLinkInfo>> ListAsync(string project, CancellationToken cancellation);

    /// <summary>One of them, revoked ones too; null where there is none.</summary>
    Task<ShareLinkInfo?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>The one with this hash of its secret, revoked ones too; null where there is none.</summary>
    Task<ShareLinkInfo?> FindByHashAsync(byte[] hash, CancellationToken cancellation);

    /// <summary>Notes that somebody opened it.</summary>
    Task NoteOpenedAsync(string id);

    /// <summary>Ends it; what it became, or null where there is none or it is revoked already.</summary>
    Task<ShareLinkInfo?> RevokeAsync(string id);
}
