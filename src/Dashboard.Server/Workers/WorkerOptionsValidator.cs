using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Refuses worker options that make no sense, naming each by its configuration key.</summary>
internal sealed class WorkerOptionsValidator : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var failures = new List<string>();
        if (options.LeaseSeconds is not (>= 1 and <= 3600))
            failures.Add($"{WorkerOptions.Section}:{nameof(options.LeaseSeconds)} must be from 1 to 3600.");
        if (options.MostDeaths < 1)
            failures.Add($"{WorkerOptions.Section}:{nameof(options.MostDeaths)} must be at least 1.");
        if (options.Cores < 0)
            failures.Add($"{WorkerOptions.Section}:{nameof(options.Cores)} must be at least 1, or 0 for all.");
        if (options.Program is { } program && !File.Exists(program))
            failures.Add($"{WorkerOptions.Section}:{nameof(options.Program)}: there is no file {program}.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
