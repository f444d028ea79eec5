namespace Dashboard.Client;

/// <content>What the training itself says: its loss by terms, and the machine it runs on.</content>
public sealed partial class LossboardRun
{
    private readonly MachineMetrics? _machine;

    /// <summary>Logs a loss as the sum of its terms: the total under <paramref name="tag"/>, each term below it.</summary>
    /// <param name="step">Training step.</param>
    /// <param name="data">The term of the data.</param>
    /// <param name="l1">λ₁·Σ|w|, or null where there is none.</param>
    /// <param name="l2">λ₂·Σw², or null where there is none; both together are an elastic net.</param>
    /// <param name="tag">Tag of the total.</param>
    /// <param name="others">Further terms by name.</param>
    public void LogLoss(long step, double data, double? l1 = null, double? l2 = null, string tag = "train/loss", params ReadOnlySpan<(string Name, double Value)> others)
    {
        var now = Now();
        var total = data + (l1 ?? 0) + (l2 ?? 0);
        foreach (var (_, value) in others)
            total += value;
        Add(new LoggedEvent(tag ?? "", step, total, now, null));
        Add(new LoggedEvent($"{tag}/data", step, data, now, null));
        if (l1 is { } first)
            Add(new LoggedEvent($"{tag}/l1", step, first, now, null));
        if (l2 is { } second)
            Add(new LoggedEvent($"{tag}/l2", step, second, now, null));
        foreach (var (name, value) in others)
            Add(new LoggedEvent($"{tag}/{name}", step, value, now, null));
    }
}
