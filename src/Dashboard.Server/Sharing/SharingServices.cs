using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>Registration of share links.</summary>
internal static class SharingServices
{
    /// <summary>Adds the links, their cookies and what reads them.</summary>
    public static IServiceCollection AddSharing(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddSingleton<ShareLinks>();
        services.AddSingleton<ShareLinkChecks>();
        services.AddSingleton<ShareTries>();
        services.AddSingleton<ShareCookies>();
        services.AddSingleton<ICredentialReader, ShareReader>();
        services.AddHostedService<ShareExpiry>();
        services.AddScoped<IShareViewer, ShareViewer>();
        return services;
    }

    /// <summary>Says which pages may be framed, and by whom. Belongs after access and before the endpoints.</summary>
    public static void UseSharing(this WebApplication app) => app.UseMiddleware<EmbedHeaders>();
}
