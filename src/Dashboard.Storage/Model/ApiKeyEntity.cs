namespace Dashboard.Storage;

/// <summary>A key of a job, a script or a worker.</summary>
internal sealed class ApiKeyEntity
{
    public long Key { get; set; }
    public required string Id { get; set; }
    public required string Name { get; set; }

    /// <summary>Name of the project, which need not exist yet; empty for every project.</summary>
    public required string Project { get; set; }
    public ApiKeyRole Role { get; set; }

    /// <summary>SHA-256 of the key: it has 256 bits of chance, so that neither salt nor stretching is needed.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Its first characters, to tell keys apart by.</summary>
    public required string Hint { get; set; }

    /// <summary>The account that made it, whose rights bound its own; null for a key that the configuration's owner key made.</summary>
    public long? AccountKey { get; set; }
    public AccountEntity? Account { get; set; }
    public double Created { get; set; }
    public double? Expires { get; set; }
    public double? Revoked { get; set; }
    public double? LastUsed { get; set; }
    public string? LastAddress { get; set; }
}
