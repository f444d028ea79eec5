using Dashboard.Storage;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Refuses storage options that make no sense, naming each by its configuration key.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.DataFolder))
            failures.Add($"{StorageOptions.Section}:{nameof(options.DataFolder)} must name a folder.");
        AtLeastOne(nameof(options.QueueBatches), options.QueueBatches);
        AtLeastOne(nameof(options.QueueBytes), options.QueueBytes);
        AtLeastOne(nameof(options.UnsealedPoints), options.UnsealedPoints);
        AtLeastOne(nameof(options.CheckpointPages), options.CheckpointPages);
        if (options.LogPages < options.CheckpointPages)
            failures.Add($"{StorageOptions.Section}:{nameof(options.LogPages)} must be at least {nameof(options.CheckpointPages)}.");
        if (options.SealAfterSeconds is not (> 0 and < 86_400))
            failures.Add($"{StorageOptions.Section}:{nameof(options.SealAfterSeconds)} must be above 0 and below 86400.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void AtLeastOne(string option, long value)
        {
            if (value < 1)
                failures.Add($"{StorageOptions.Section}:{option} must be at least 1.");
        }
    }
}
