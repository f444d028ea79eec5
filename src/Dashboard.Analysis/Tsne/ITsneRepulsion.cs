namespace Dashboard.Analysis;

/// <summary>A way of summing the forces that drive all points apart.</summary>
internal interface ITsneRepulsion
{
    /// <summary>Writes <see cref="TsneSpace.Repulsion"/> for where the points are now.</summary>
    /// <returns>Z, the sum of q = 1/(1 + d²) over all ordered pairs.</returns>
    double Compute();
}
