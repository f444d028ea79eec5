namespace Dashboard.Analysis;

/// <summary>How principal components are found.</summary>
public enum PcaSolver
{
    /// <summary>Exactly, by the eigenvectors of the covariance of the columns.</summary>
    Covariance,

    /// <summary>Exactly, by the eigenvectors of the products between the rows: for few long vectors.</summary>
    Gram,

    /// <summary>Nearly, by powers of the covariance on random directions [Halko, Martinsson and Tropp 2011], where neither matrix fits.</summary>
    Randomized,
}
