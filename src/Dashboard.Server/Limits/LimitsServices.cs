using Dashboard.Contracts;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>The limits from section <c>Limits</c>, validated.</summary>
internal static class LimitsServices
{
    public const string Section = "Limits";

    /// <summary>Adds <see cref="ApiLimits"/> as a singleton.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddOptions<ApiLimits>().BindConfiguration(Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiLimits>, LimitsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ApiLimits>>().Value);
        return services;
    }
}
