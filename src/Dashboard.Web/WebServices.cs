using Microsoft.AspNetCore.Http;
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
        services.AddSingleton<ModuleGraph>();
        // Each page is rendered for one reader, in the reader's language.
        services.AddScoped(provider => provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request is { } request
            ? PageTexts.For(request.Cookies[PageTexts.Cookie], request.Headers.AcceptLanguage)
            : PageTexts.All[0]);
        return services;
    }
}
