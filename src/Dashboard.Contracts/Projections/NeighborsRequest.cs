namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/jobs/{id}/neighbors</c>: the nearest of one vector, in the space of the vectors as they were logged.</summary>
public sealed record NeighborsRequest
{
    /// <summary>The vector, from 0.</summary>
    public int? Row { get; init; }
    /// <summary>How many; null for 20.</summary>
    public int? Count { get; init; }
    /// <summary><c>euclidean</c> (also null) or <c>cosine</c>, which is 1 minus the cosine of the angle.</summary>
    public string? Metric { get; init; }
    /// <summary>Base64 of a bit for each vector, the lowest bit of a byte first: only those that are set may be neighbours; null for all.</summary>
    public string? Among { get; init; }
}
