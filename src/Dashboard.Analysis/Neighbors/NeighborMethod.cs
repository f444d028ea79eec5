namespace Dashboard.Analysis;

/// <summary>How neighbours are searched.</summary>
public enum NeighborMethod
{
    /// <summary>Exactly where that takes some seconds, otherwise approximately.</summary>
    Auto,

    /// <summary>Every pair is looked at.</summary>
    Exact,

    /// <summary>By random projection trees and descent over neighbours of neighbours; most of what is found is right, and how much is measured.</summary>
    Approximate,
}
