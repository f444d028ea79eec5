namespace Dashboard.Server;

/// <summary>Where the server listens; the <c>Server</c> section of appsettings.json.</summary>
internal sealed class ServerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Server";

    /// <summary>Port on the loopback addresses; 0 for any free one. <c>--port</c> sets it, <c>--urls</c> takes its place.</summary>
    public int Port { get; set; } = 6006;

    /// <summary>Seconds that requests in flight get when the server stops.</summary>
    public double DrainSeconds { get; set; } = 10;
}
