namespace Dashboard.Analysis;

/// <summary>A grid on a plane: charges, and then their potential.</summary>
internal sealed class PlaneGrid(int width, int height, int rowStep)
{
    public int Width => width;

    public int Height => height;

    /// <summary>Floats from a row to the next: the width and what fills up the last vector.</summary>
    public int RowStep => rowStep;

    public AlignedArray<float> Values { get; } = new(checked(rowStep * height));
}
