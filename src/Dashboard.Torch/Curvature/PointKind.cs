namespace Dashboard.Torch;

/// <summary>What the signs of the eigenvalues make of a point whose gradient vanishes.</summary>
public enum PointKind
{
    /// <summary>All are positive.</summary>
    Minimum,

    /// <summary>None is negative, and some cannot be told from zero: a minimum along the others, or a valley.</summary>
    FlatMinimum,

    /// <summary>All are negative.</summary>
    Maximum,

    /// <summary>None is positive, and some cannot be told from zero.</summary>
    FlatMaximum,

    /// <summary>There are positive and negative ones.</summary>
    Saddle,

    /// <summary>None can be told from zero.</summary>
    Flat,

    /// <summary>An eigenvalue is not finite.</summary>
    Unknown,
}
