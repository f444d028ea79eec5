using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Registration of who may do what.</summary>
internal static class AccessServices
{
    /// <summary>Adds the gate and what it asks. Each kind of credentials adds its <see cref="ICredentialReader"/>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, ProxyHeaders>();
        services.AddSingleton<AccessChanges>();
        services.AddSingleton<CallerReader>();
        services.AddSingleton<SubjectProjects>();
        services.AddSingleton<RunAccess>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<ModelUploads>();
        services.AddHostedService<AuditClock>();
        services.AddSingleton<ApiKeyUses>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyUses>());
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<LocalWorkerKey>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<ICredentialReader, KeyReader>();
        return services;
    }

    /// <summary>Routes, then asks who may. Belongs after everything that is for everybody, and before the endpoints.</summary>
    public static void UseAccess(this WebApplication app)
    {
        // The framework would add its own authorisation before routing, where there is no endpoint to ask about: it would only build all of them a second time.
        ((IApplicationBuilder)app).Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseRouting();
        app.UseMiddleware<BodyTypeGuard>();
        app.UseMiddleware<AccessGate>();
    }
}
