using System.Globalization;
using Dashboard.Contracts;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Refuses limits that make no sense, naming each by its configuration key.</summary>
internal sealed class LimitsValidator : IValidateOptions<ApiLimits>
{
    public ValidateOptionsResult Validate(string? name, ApiLimits options)
    {
        var failures = new List<string>();
        foreach (var property in typeof(ApiLimits).GetProperties().Where(property => property.PropertyType == typeof(int) || property.PropertyType == typeof(long)))
        {
            if (Convert.ToInt64(property.GetValue(options), CultureInfo.InvariantCulture) < 1)
                failures.Add($"{LimitsServices.Section}:{property.Name} must be at least 1.");
        }
        // A body is held in one array.
        const long LargestArray = 1L << 30;
        if (options.MaxBodyBytes > LargestArray)
            failures.Add($"{LimitsServices.Section}:{nameof(ApiLimits.MaxBodyBytes)} must be at most {LargestArray}.");
        if (options.MaxDecodedBodyBytes > LargestArray)
            failures.Add($"{LimitsServices.Section}:{nameof(ApiLimits.MaxDecodedBodyBytes)} must be at most {LargestArray}.");
        if (options.MaxConcurrentBodyBytes < options.MaxDecodedBodyBytes)
            failures.Add($"{LimitsServices.Section}:{nameof(ApiLimits.MaxConcurrentBodyBytes)} must be at least {nameof(ApiLimits.MaxDecodedBodyBytes)}, or the largest body could never be taken.");
        if (options.DefaultPageSize > options.MaxPageSize)
            failures.Add($"{LimitsServices.Section}:{nameof(ApiLimits.DefaultPageSize)} must be at most {nameof(ApiLimits.MaxPageSize)}.");
        if (options.DefaultReadPoints > options.MaxReadPoints)
            failures.Add($"{LimitsServices.Section}:{nameof(ApiLimits.DefaultReadPoints)} must be at most {nameof(ApiLimits.MaxReadPoints)}.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
