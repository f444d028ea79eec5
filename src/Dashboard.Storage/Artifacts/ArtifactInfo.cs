namespace Dashboard.Storage;

/// <summary>A stored file of a run.</summary>
/// <param name="Id">Opaque id of this version.</param>
/// <param name="Name">Name within the run; may hold <c>/</c>.</param>
/// <param name="Type">checkpoint, model, batch, landscape, projection, image or file.</param>
/// <param name="Step">Training step, or null.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hash of the content, lower-case hex.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Origin">Why it was saved, and how good it was.</param>
/// <param name="Kept">True where a person said that it stays, whatever the retention rules say.</param>
public sealed record ArtifactInfo(string Id, string Name, string Type, long? Step, long Size, string Sha256, double Created, ArtifactOrigin Origin, bool Kept);
