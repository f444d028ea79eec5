namespace Dashboard.Analysis;

/// <summary>
/// From vectors to a picture in one call: looked through, standardised, scaled to length 1, reduced by PCA (each where it was asked for), neighbours found in
/// what came of that, laid out, and judged against the vectors as they came.
/// </summary>
public static class Projection
{
    /// <summary>Everything that is wrong with settings for a table of this size.</summary>
    public static IReadOnlyList<ProjectionFault> Faults(int rows, int columns, ProjectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return [.. ProjectionChecks.Faults(rows, columns, settings)];
    }

    /// <summary>Throws the first of <see cref="Faults"/>.</summary>
    /// <exception cref="VectorException">There is one; the message names the field and the way out.</exception>
    public static void Check(int rows, int columns, ProjectionSettings settings)
    {
        if (rows < 1 || columns < 1) throw new VectorException($"The vectors are a table of {rows} rows and {columns} columns: at least one of each is needed.");
        if (Faults(rows, columns, settings) is [var first, ..]) throw new VectorException(first.Message);
    }

    /// <summary>Bytes that a run allocates at its peak. Vectors that lie in a mapped file, or in a table of the caller's, are not among them; a copy that the run makes is.</summary>
    public static long MemoryBytes(int rows, int columns, ProjectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return ProjectionPlan.Of(rows, columns, settings).MemoryBytes();
    }

    /// <summary>Makes the picture.</summary>
    /// <param name="vectors">Finite numbers, read in blocks, several times and from several threads. They need not be in memory.</param>
    /// <param name="settings">What it is to be like.</param>
    /// <param name="compute">Threads and cancellation; the picture is the same for any number of threads. Its progress is not used: the observer's is.</param>
    /// <param name="observer">Watches, or null.</param>
    /// <param name="time">Whose clock tells the time left; null for the system's.</param>
    /// <exception cref="VectorException">A setting cannot be (<see cref="Check"/>), or a number is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ProjectionResult Run(IVectorRows vectors, ProjectionSettings settings, ComputeOptions compute, IProjectionObserver? observer = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(compute);
        Check(vectors.Rows, vectors.Columns, settings);
        var plan = ProjectionPlan.Of(vectors.Rows, vectors.Columns, settings);
        return new ProjectionRun(vectors, plan, compute, observer, new ProjectionTrack(plan, observer, time ?? TimeProvider.System)).Make();
    }
}
