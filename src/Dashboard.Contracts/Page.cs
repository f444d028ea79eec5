namespace Dashboard.Contracts;

/// <summary>A page of a listing; <paramref name="NextCursor"/> is null on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
