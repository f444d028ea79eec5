namespace Dashboard.Analysis;

/// <summary>Which way of summing the repulsion is quickest, as measured.</summary>
internal static class TsneCosts
{
    // Below, all pairs cost no more than a grid of the size that their picture gets; and, in space, no more than the walk over a tree.
    private const int FewestInterpolated = 2500, FewestWalked = 3500;

    public static TsneRepulsion Choose(TsneRepulsion asked, int points, int dimensions) => asked != TsneRepulsion.Auto
        ? asked
        : dimensions == 2
            ? points < FewestInterpolated ? TsneRepulsion.Exact : TsneRepulsion.Interpolation
            : points < FewestWalked ? TsneRepulsion.Exact : TsneRepulsion.BarnesHut;
}
