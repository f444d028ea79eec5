namespace Dashboard.Series;

/// <summary>Steps are int64 already.</summary>
internal readonly struct StepMap : IColumnMap<long>
{
    /// <inheritdoc/>
    public void ToInt64(ReadOnlySpan<long> column, Span<long> mapped) => column.CopyTo(mapped);

    /// <inheritdoc/>
    public void FromInt64(ReadOnlySpan<long> mapped, Span<long> column) => mapped.CopyTo(column);
}
