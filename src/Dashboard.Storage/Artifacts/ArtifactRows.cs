using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Deletes rows of artifacts.</summary>
internal static class ArtifactRows
{
    /// <summary>Deletes the rows and returns the hashes that no other row names any more.</summary>
    public static IReadOnlyList<string> Remove(StorageContext context, IQueryable<ArtifactEntity> rows)
    {
        var hashes = rows.Select(a => a.Sha256).Distinct().ToList();
        rows.ExecuteDelete();
        return [.. hashes.Where(hash => !context.Artifacts.Any(a => a.Sha256 == hash))];
    }
}
