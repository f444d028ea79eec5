using Dashboard.Storage;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Refuses backup options that make no sense, naming each by its configuration key.</summary>
internal sealed class BackupOptionsValidator(IConfiguration configuration) : IValidateOptions<BackupOptions>
{
    public ValidateOptionsResult Validate(string? name, BackupOptions options)
    {
        var failures = new List<string>();
        if (options.EveryHours is not (>= 0.1 and <= 8760))
            failures.Add($"{BackupOptions.Section}:{nameof(options.EveryHours)} must be from 0.1 to 8760.");
        if (options.Keep is < 1 or > 10_000)
            failures.Add($"{BackupOptions.Section}:{nameof(options.Keep)} must be from 1 to 10000.");
        var data = configuration.GetSection(StorageOptions.Section)[nameof(StorageOptions.DataFolder)];
        if (!string.IsNullOrWhiteSpace(options.Folder) && IsWithin(options.Folder, string.IsNullOrWhiteSpace(data) ? new StorageOptions().DataFolder : data))
            failures.Add($"{BackupOptions.Section}:{nameof(options.Folder)} must lie outside the data folder.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsWithin(string path, string folder) =>
        (Path.GetFullPath(path) + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
