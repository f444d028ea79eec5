using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Dashboard.Web;

/// <summary>Maps the pages.</summary>
public static class WebEndpoints
{
    /// <summary>
    /// Maps <c>/</c>, <c>/runs</c> and <c>/scalars</c>. Pages are rendered once, on the server, and take no form posts,
    /// so they need neither a circuit nor an antiforgery token.
    /// </summary>
    public static IEndpointConventionBuilder MapDashboardWeb(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.MapRazorComponents<App>().DisableAntiforgery();
    }

    /// <summary>
    /// Answers a browser that asked for a page with a page, also where there is none (404) or where rendering failed (500).
    /// What programs ask for (<c>/api</c>, <c>/hubs</c>, <c>/health</c>, <c>/metrics</c>, <c>/openapi</c>) is left as it is.
    /// Belongs before routing.
    /// </summary>
    public static IApplicationBuilder UseDashboardPageErrors(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<PageErrors>();
    }
}
