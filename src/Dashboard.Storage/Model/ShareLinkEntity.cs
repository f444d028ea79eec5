namespace Dashboard.Storage;

/// <summary>A link that shows one view to whoever has it.</summary>
internal sealed class ShareLinkEntity
{
    public long Key { get; set; }
    public required string Id { get; set; }
    public required string Project { get; set; }

    /// <summary>A name for lists; may be empty.</summary>
    public required string Title { get; set; }

    /// <summary>A JSON array of run ids.</summary>
    public required string RunIds { get; set; }

    /// <summary>A JSON array of tags; null for all tags of the runs.</summary>
    public string? Tags { get; set; }

    /// <summary>The page's path with its query.</summary>
    public required string View { get; set; }

    /// <summary>SHA-256 of the secret in the link.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Salted and stretched; null where none is asked for.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>A JSON array of origins whose pages may show it in a frame; null where none may.</summary>
    public string? EmbedOrigins { get; set; }
    public long? AccountKey { get; set; }

    /// <summary>Who made it, in words.</summary>
    public required string CreatedBy { get; set; }
    public double Created { get; set; }
    public double? Expires { get; set; }
    public double? Revoked { get; set; }
    public double? LastOpened { get; set; }
    public long Opened { get; set; }
}
