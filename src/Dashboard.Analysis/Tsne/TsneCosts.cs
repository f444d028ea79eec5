namespace Dashboard.Analysis;

/// <summary>Which way of summing the repulsion is quickest.</summary>
internal static class TsneCosts
{
    public static TsneRepulsion Choose(TsneRepulsion asked, int points, int dimensions) => asked != TsneRepulsion.Auto
        ? asked
        : points <= (dimensions == 2 ? 2500 : 6000) ? TsneRepulsion.Exact : TsneRepulsion.Interpolation;
}
