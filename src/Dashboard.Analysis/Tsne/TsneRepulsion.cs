namespace Dashboard.Analysis;

/// <summary>How the repulsion between all points is summed.</summary>
public enum TsneRepulsion
{
    /// <summary>Whichever is quickest for this many points.</summary>
    Auto,

    /// <summary>Every pair: O(N²).</summary>
    Exact,

    /// <summary>Distant groups as one point: O(N log N) [Barnes and Hut 1986; van der Maaten 2014].</summary>
    BarnesHut,

    /// <summary>The potential on a grid, by splines and Fourier transforms, for pictures in two dimensions: O(N) and the size of the grid.</summary>
    Interpolation,
}
