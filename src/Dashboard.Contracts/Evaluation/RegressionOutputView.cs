namespace Dashboard.Contracts;

/// <summary>Measures of one output.</summary>
/// <param name="Output">Which of the numbers of a row, from 0.</param>
/// <param name="Samples">Samples that count.</param>
/// <param name="NonFinite">Samples left out because target or prediction is NaN or infinite.</param>
/// <param name="Measures">The measures.</param>
public sealed record RegressionOutputView(int Output, int Samples, int NonFinite, RegressionMeasures Measures);
