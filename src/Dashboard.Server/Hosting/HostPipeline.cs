using Dashboard.Contracts;
using Microsoft.AspNetCore.ResponseCompression;
using System.IO.Compression;

namespace Dashboard.Server;

/// <summary>What every request passes before it reaches an endpoint.</summary>
internal static class HostPipeline
{
    /// <summary>Adds response compression for text; packed columns are noise to it.</summary>
    public static IServiceCollection AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options => options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/javascript", MediaTypes.Csv, MediaTypes.Problem]);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return services;
    }

    /// <summary>Counts, guards, and turns failures into problems; then static files.</summary>
    public static void UseHosting(this WebApplication app)
    {
        app.UseForwardedHeaders();
        var counters = app.Services.GetRequiredService<RequestCounters>();
        app.Use(next => context => counters.CountAsync(context, next));
        app.UseResponseCompression();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<RequestGuard>();
        // Files change with the version that serves them, under the same name: a browser asks each time and mostly gets 304.
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
    }
}
