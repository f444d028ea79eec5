namespace Dashboard.Analysis;

/// <summary>The places of a curve's features; <see cref="CurveVocabulary"/> says what each is.</summary>
internal enum CurveFeature
{
    Points, FirstStep, LastStep, IsLoss, IsScore, IsTraining, IsValidation,
    NonFiniteCount, NonFiniteStep, NonFiniteTrailing,
    Start, Last, Best, BestStep, BestValue, Low, Fall, FallNow, FallNoise, Level, Noise,
    Rise, RiseOfFall, RiseNoise, OverStart, Fresh, Onset, RisePoints, StillRising, Growth,
    FlatShare, FlatFrom, FlatPoints, FlatLevel, FlatLow, FlatTrend, FlatTrendError,
    Trend, TrendNoise, TrendError, TrendFrom, TrendFromValue, TrendToValue, LateFall,
    Swing, SwingOfStart, Periodicity, Period, Alternation, SwingFrom, SwingLow, SwingHigh, SwingTrend,
    SinceBest,
}
