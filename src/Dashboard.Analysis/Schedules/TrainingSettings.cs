namespace Dashboard.Analysis;

/// <summary>Finds settings of a training by the names that PyTorch and its frameworks give them, wherever in a configuration they stand.</summary>
public sealed class TrainingSettings
{
    private readonly Dictionary<string, TrainingSetting> _byName = new(StringComparer.Ordinal);

    /// <summary>All settings of a run. Of two with one name the one that stands among those of a schedule counts, else the outermost.</summary>
    public TrainingSettings(IEnumerable<TrainingSetting> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // What our clients note of the machine is no setting.
        foreach (var one in settings.Where(one => !one.Path.StartsWith("environment.", StringComparison.Ordinal)).OrderByDescending(InSchedule).ThenBy(one => one.Path.Count(c => c == '.')))
            _byName.TryAdd(Plain(one.Path[(one.Path.LastIndexOf('.') + 1)..]), one);
        Schedule = Named("scheduler", "lr_scheduler", "schedule", "lr_schedule", "sched", "lr_scheduler_type", "lr_policy", "decay")
            ?? settings.Where(InSchedule).FirstOrDefault(one => one.Text is not null && Plain(one.Path[(one.Path.LastIndexOf('.') + 1)..]) is "name" or "type" or "kind" or "class" or "target");
        LearningRate = Number("lr", "learning_rate", "base_lr", "initial_lr", "max_lr", "peak_lr");
        Epochs = Number("epochs", "max_epochs", "num_epochs", "n_epochs", "num_train_epochs", "epoch_count");
        StepsPerEpoch = Number("steps_per_epoch", "batches_per_epoch", "iters_per_epoch", "num_batches", "epoch_length");
        Total = Number("total_steps", "max_steps", "num_steps", "num_training_steps", "train_steps", "max_iters", "num_iterations", "iterations", "total_iterations", "steps");
        if (Total is not null) TotalFrom = Total.Path;
        else if (Epochs is { } epochs && StepsPerEpoch is { } each) (Total, TotalFrom) = (new TrainingSetting("", epochs.Number * each.Number), $"{epochs.Path} × {each.Path}");
        // Epochs and steps in all say how long one is.
        if (StepsPerEpoch is null && Total?.Number is { } all && Epochs?.Number is > 0 and var count && all > count) StepsPerEpoch = new TrainingSetting(Total.Path, all / count);
    }

    /// <summary>What names the schedule, or null.</summary>
    public TrainingSetting? Schedule { get; }

    /// <summary>The full learning rate, or null.</summary>
    public TrainingSetting? LearningRate { get; }

    /// <summary>Epochs in all, or null.</summary>
    public TrainingSetting? Epochs { get; }

    /// <summary>Steps of an epoch, or null.</summary>
    public TrainingSetting? StepsPerEpoch { get; }

    /// <summary>Steps in all, or null.</summary>
    public TrainingSetting? Total { get; }

    /// <summary>Settings that <see cref="Total"/> is from, for a person to read.</summary>
    public string? TotalFrom { get; }

    /// <summary>The first of some names that is a number, or null.</summary>
    public TrainingSetting? Number(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_byName.TryGetValue(Plain(name), out var found) && found.Number is { } number && double.IsFinite(number)) return found;
        }

        return null;
    }

    /// <summary>The first of some names that is a list of numbers, or null.</summary>
    public TrainingSetting? List(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_byName.TryGetValue(Plain(name), out var found) && found.List is { Count: > 0 }) return found;
        }

        return null;
    }

    /// <summary>The first of some names that is a text, or null.</summary>
    public TrainingSetting? Named(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_byName.TryGetValue(Plain(name), out var found) && found.Text is not null) return found;
        }

        return null;
    }

    /// <summary>Letters and digits alone, small: <c>T_max</c>, <c>t-max</c> and <c>TMax</c> are one name.</summary>
    internal static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static bool InSchedule(TrainingSetting setting) => setting.Path.Contains("sched", StringComparison.OrdinalIgnoreCase);
}
