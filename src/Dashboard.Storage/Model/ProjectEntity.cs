namespace Dashboard.Storage;

internal sealed class ProjectEntity
{
    public long Key { get; set; }
    public required string Name { get; set; }
    public double Created { get; set; }
}
