using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Registration of the live hub.</summary>
internal static class LiveServices
{
    /// <summary>Adds the feed, which hears of every commit, and the hub.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<CommitFeed>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<CommitListeners>());
        services.AddSingleton<CommitListeners>();
        services.AddSingleton<SeqSource>();
        services.AddSingleton<LiveCounters>();
        services.AddHostedService<LiveDispatch>();
        services.AddSingleton<HubGate>();
        services.AddSignalR(options => options.AddFilter<HubGate>()).AddJsonProtocol(options => options.PayloadSerializerOptions = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            TypeInfoResolver = ContractsJson.Default,
        });
        services.AddSingleton<IConfigureOptions<HubOptions>, LiveOptions>();
        return services;
    }

    /// <summary>Maps <c>/hubs/live</c>.</summary>
    public static void MapLive(this IEndpointRouteBuilder endpoints) => endpoints.MapHub<LiveHub>("/hubs/live").Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler);

    private sealed class LiveOptions(ApiLimits limits) : IConfigureOptions<HubOptions>
    {
        public void Configure(HubOptions options)
        {
            options.MaximumReceiveMessageSize = limits.MaxLiveMessageBytes;
            // A client sends nothing but subscriptions and cancellations.
            options.StreamBufferCapacity = 1;
        }
    }
}
