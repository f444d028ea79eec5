using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Settings.Configuration;

namespace Dashboard.Server;

/// <summary>What surrounds the rooms: configuration, logging, listening, stopping.</summary>
internal static class HostConfiguration
{
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--port"] = $"{ServerOptions.Section}:{nameof(ServerOptions.Port)}",
        ["--data"] = $"{StorageOptions.Section}:{nameof(StorageOptions.DataFolder)}",
    };

    /// <summary>Configures the host. Options are validated at start; each failure names its key.</summary>
    public static void AddHosting(this WebApplicationBuilder builder, string[] args)
    {
        builder.Configuration.AddCommandLine(args, Switches);
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServerOptions>, ServerOptionsValidator>();
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddOptions<HostOptions>().Configure<IConfiguration>(SetDrainTime);
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.AddLogging();
        builder.ConfigureListening();
    }

    // The host asks while it is built, before options are validated: what is wrong must wait until it can be listed with all else.
    private static void SetDrainTime(HostOptions host, IConfiguration configuration)
    {
        var options = configuration.GetSection(ServerOptions.Section).Get<ServerOptions>() ?? new ServerOptions();
        if (options.DrainSeconds > 0)
            host.ShutdownTimeout = TimeSpan.FromSeconds(options.DrainSeconds);
    }

    private static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.TypeInfoResolverChain.Insert(0, ContractsJson.Default);
    }

    private static void AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider>(provider =>
        {
            // Sinks are found by assembly: a published server has no dependency file to look them up in.
            var configuration = provider.GetRequiredService<IConfiguration>();
            var reader = new ConfigurationReaderOptions(typeof(ConsoleLoggerConfigurationExtensions).Assembly);
            // From the configuration itself, for the same reason as the drain time.
            var folder = configuration.GetSection(StorageOptions.Section)[nameof(StorageOptions.DataFolder)];
            if (string.IsNullOrWhiteSpace(folder))
                folder = new StorageOptions().DataFolder;
            var logger = new LoggerConfiguration()
                .ReadFrom.Configuration(configuration, reader)
                .Filter.ByExcluding(HostRun.IsToldInWords)
                .Enrich.With<OneLineValues>()
                .WriteTo.File(
                    Path.Combine(Path.GetFullPath(folder), "logs", "lossboard-.log"),
                    formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                    rollingInterval: RollingInterval.Day,
                    fileSizeLimitBytes: 16 << 20,
                    rollOnFileSizeLimit: true,
                    retainedFileCountLimit: 7)
                .CreateLogger();
            return new Serilog.Extensions.Logging.SerilogLoggerProvider(logger, dispose: true);
        });
    }

    private static void ConfigureListening(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel((context, kestrel) =>
    {
        var limits = kestrel.ApplicationServices.GetRequiredService<ApiLimits>();
        kestrel.AddServerHeader = false;
        // Our own readers stop at MaxBodyBytes with an answer; what is not far beyond it is then read to its end, so that the client gets to see it.
        kestrel.Limits.MaxRequestBodySize = 4 * limits.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.MaxConnections;
        var silence = TimeSpan.FromSeconds(limits.MaxSilentSeconds);
        kestrel.Limits.RequestHeadersTimeout = silence;
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => new SilentConnections(next, silence, kestrel.ApplicationServices.GetRequiredService<TimeProvider>()).OnConnectionAsync));
        if (!string.IsNullOrEmpty(context.Configuration[Listening.UrlsKey]))
            return;
        var port = kestrel.ApplicationServices.GetRequiredService<IOptions<ServerOptions>>().Value.Port;
        // Two addresses cannot share a port that is not known yet.
        if (port == 0)
            kestrel.Listen(IPAddress.Loopback, port);
        else
            kestrel.ListenLocalhost(port);
    });
}
