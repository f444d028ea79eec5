using System.Text.Json;

namespace Dashboard.Analysis;

/// <summary>The features of one curve, in the order in which they are kept.</summary>
internal static class CurveVocabulary
{
    /// <summary>Name and meaning of each. "Shares" are of where the curve began; a score counts as its distance from the best there is, so that lower is better throughout.</summary>
    public static readonly RuleFeature[] All = Array.ConvertAll(Enum.GetValues<CurveFeature>(), feature => new RuleFeature(NameOf(feature), What(feature)));

    private static readonly Dictionary<string, int> Places = All.Select((feature, at) => (feature.Name, at)).ToDictionary(pair => pair.Name, pair => pair.at);

    /// <exception cref="ArgumentException">There is no such feature.</exception>
    public static int IndexOf(string name) =>
        Places.TryGetValue(name, out var at) ? at : throw new ArgumentException($"A curve has no feature '{name}'.", nameof(name));

    public static string NameOf(CurveFeature feature) => JsonNamingPolicy.SnakeCaseLower.ConvertName(feature.ToString());

    private static string What(CurveFeature feature) => feature switch
    {
        CurveFeature.Points => "Finite points that were read, one a step.",
        CurveFeature.FirstStep => "The first step.",
        CurveFeature.LastStep => "The last step, of a finite value or not.",
        CurveFeature.IsLoss => "1 for a loss or an error.",
        CurveFeature.IsScore => "1 for an accuracy or another score.",
        CurveFeature.IsTraining => "1 where the name says that it was taken on training samples.",
        CurveFeature.IsValidation => "1 where the name says that it was taken on samples held out.",
        CurveFeature.NonFiniteCount => "Values that are NaN or infinite.",
        CurveFeature.NonFiniteStep => "Step of the first of them.",
        CurveFeature.NonFiniteTrailing => "How many of the last values are NaN or infinite.",
        CurveFeature.Start => "Level of the first points.",
        CurveFeature.Last => "The last finite value.",
        CurveFeature.Best => "The best level: the best median of neighbouring points.",
        CurveFeature.BestStep => "Step of the best value within that level.",
        CurveFeature.BestValue => "The best value within that level.",
        CurveFeature.Low => "The best level as a share of the start.",
        CurveFeature.Fall => "From the start to the best level, as a share of the start.",
        CurveFeature.FallNow => "From the start to the present level, as a share of the start.",
        CurveFeature.FallNoise => "The fall in standard deviations of the noise.",
        CurveFeature.Level => "The present level: the median of the newest points, 2 to 7 of them.",
        CurveFeature.Noise => "Standard deviation around the course in the newer half, as a share of the start.",
        CurveFeature.Rise => "From the best level to the present one, as a share of the start.",
        CurveFeature.RiseOfFall => "The same as a share of the fall: 1 where all that was gained is lost.",
        CurveFeature.RiseNoise => "The same in standard deviations of the noise.",
        CurveFeature.OverStart => "The present level above the start, as a share of the start; below zero for a curve that has fallen.",
        CurveFeature.Fresh => "How much of the rise is above everything since the curve was last as low: 1 for a first rise, 0 or less for a swing.",
        CurveFeature.Onset => "Step at which the rise began: the last point within its lowest quarter.",
        CurveFeature.RisePoints => "Points since then.",
        CurveFeature.StillRising => "Newer half of the rise above its older half, as a share of the rise; below zero where it is coming down again.",
        CurveFeature.Growth => "Present level over the best one, where that is above zero.",
        CurveFeature.FlatShare => "Share of all steps for which the curve has been flat until now.",
        CurveFeature.FlatFrom => "Step since which it has been flat.",
        CurveFeature.FlatPoints => "Points since then.",
        CurveFeature.FlatLevel => "Level at which it is flat.",
        CurveFeature.FlatLow => "The same as a share of the start; of a score, its distance from the best there is.",
        CurveFeature.FlatTrend => "Change over the flat stretch by a fitted line, as a share of the start.",
        CurveFeature.FlatTrendError => "Its standard error: noise hides a fall of twice that.",
        CurveFeature.Trend => "Change over the last third of the steps by a fitted line, as a share of the start; below zero where it falls.",
        CurveFeature.TrendNoise => "Slope of that line over its standard error.",
        CurveFeature.TrendError => "Its standard error.",
        CurveFeature.TrendFrom => "First step of that line.",
        CurveFeature.TrendFromValue => "The line at its first step.",
        CurveFeature.TrendToValue => "The line at its last step.",
        CurveFeature.LateFall => "How far the level fell over the second half of the steps, as a share of the start.",
        CurveFeature.Swing => "Half the distance between the 5 % and the 95 % quantile around the course of the newer half, as a share of the level there.",
        CurveFeature.SwingOfStart => "The same as a share of the start.",
        CurveFeature.Periodicity => "How regular the swing is: 0 for noise, 1 for a perfect beat.",
        CurveFeature.Period => "Points that a beat lasts.",
        CurveFeature.Alternation => "Share of points at which the curve turns: 1 for a zigzag, about 0.67 for noise.",
        CurveFeature.SwingFrom => "Step from which the swing was read.",
        CurveFeature.SwingLow => "The 5 % quantile of the values since then.",
        CurveFeature.SwingHigh => "Their 95 % quantile.",
        CurveFeature.SwingTrend => "Change over that stretch by a fitted line, in swings; below zero where it falls.",
        CurveFeature.SinceBest => "Points since the best value.",
        _ => throw new ArgumentOutOfRangeException(nameof(feature)),
    };
}
