namespace Dashboard.Series;

/// <summary>A lossless map between a column's type and int64, under which neighbouring values stay neighbours.</summary>
internal interface IColumnMap<T>
{
    /// <summary>Maps as many items as <paramref name="column"/> has.</summary>
    void ToInt64(ReadOnlySpan<T> column, Span<long> mapped);

    /// <summary>Maps back as many items as <paramref name="mapped"/> has.</summary>
    void FromInt64(ReadOnlySpan<long> mapped, Span<T> column);
}
