namespace Dashboard.Analysis;

/// <summary>A grid of charges that becomes the grid of their potential.</summary>
internal unsafe interface IGridConvolution
{
    /// <summary>Grid points along each dimension, the first being the one in which they lie side by side.</summary>
    int[] Sides { get; }

    /// <summary>Floats from a row to the next, and from a plane to the next.</summary>
    int RowStep { get; }

    /// <inheritdoc cref="RowStep"/>
    int PlaneStep { get; }

    /// <summary>Charges, then potentials.</summary>
    AlignedArray<float> Grid { get; }

    /// <summary>What was taken from the kernel everywhere, and is missing from the potential for each charge.</summary>
    double Offset { get; }

    /// <summary>Turns charges into potentials.</summary>
    void Run();
}
