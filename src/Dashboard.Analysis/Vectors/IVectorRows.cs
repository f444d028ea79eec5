namespace Dashboard.Analysis;

/// <summary>Vectors of equal length, one a row, read in blocks so that a table need not be in memory. Reads may come from several threads at once.</summary>
public interface IVectorRows
{
    /// <summary>Vectors.</summary>
    int Rows { get; }

    /// <summary>Numbers in a vector.</summary>
    int Columns { get; }

    /// <summary>Copies rows, one after the other.</summary>
    /// <param name="first">The first one.</param>
    /// <param name="destination">As many whole rows as fit: its length is a multiple of <see cref="Columns"/>.</param>
    void Read(int first, Span<float> destination);
}
