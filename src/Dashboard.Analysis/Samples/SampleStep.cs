namespace Dashboard.Analysis;

/// <summary>What a model said of samples at one step.</summary>
/// <param name="Step">Training step.</param>
/// <param name="Labels">True class of each sample, from 0; null where the samples have targets.</param>
/// <param name="Columns">Scores, or outputs, of a sample. One column with labels is the score of class 1 of two.</param>
/// <param name="Scores">Row after row, <c>samples × Columns</c>.</param>
/// <param name="Losses">Loss of each sample, or null.</param>
/// <param name="Ids">What each sample is called, or null: then samples are the same at every step by their position.</param>
/// <param name="Targets">What the outputs should have been, row after row as the scores; null where the samples have labels.</param>
public sealed record SampleStep(long Step, long[]? Labels, int Columns, double[] Scores, double[]? Losses, string[]? Ids, double[]? Targets = null)
{
    /// <summary>Samples of the step.</summary>
    public int Rows => Labels?.Length ?? (Columns == 0 ? 0 : Scores.Length / Columns);
}
