namespace Dashboard.Server;

/// <summary>Backups that the server makes by itself; the <c>Backup</c> section of appsettings.json.</summary>
internal sealed class BackupOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Backup";

    /// <summary>Folder that backups are made in, each in one of its own; null for none. It lies outside the data folder, best on another disk.</summary>
    public string? Folder { get; set; }

    /// <summary>Hours from one backup to the next.</summary>
    public double EveryHours { get; set; } = 24;

    /// <summary>How many of them stay; older ones go when a new one is whole.</summary>
    public int Keep { get; set; } = 7;
}
