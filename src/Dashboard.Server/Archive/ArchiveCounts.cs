namespace Dashboard.Server;

/// <summary>How much of each an archive holds; under these names in <c>project.json</c>.</summary>
internal sealed record ArchiveCounts
{
    public int Runs { get; init; }
    public int Artifacts { get; init; }
    public int Views { get; init; }
    public int Jobs { get; init; }
    public long Series { get; set; }
    public long Points { get; set; }
    public long Records { get; set; }
    public long Files { get; set; }
    public long FileBytes { get; set; }
}
