using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Web;

/// <summary>Registers what the pages need.</summary>
public static class WebServices
{
    /// <summary>Adds the pages' services. The host also registers an <see cref="IDashboardQueries"/>.</summary>
    public static IServiceCollection AddDashboardWeb(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PageTexts>();
        return services;
    }
}
