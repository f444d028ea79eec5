using System.Net;

namespace Dashboard.Server;

/// <summary>Which addresses the server is told to listen on.</summary>
internal static class Listening
{
    /// <summary>Configuration key of the addresses that <c>--urls</c> and <c>ASPNETCORE_URLS</c> set.</summary>
    public const string UrlsKey = "urls";

    /// <summary>The first address that other machines can reach; null where there is none.</summary>
    public static string? Foreign(IConfiguration configuration) => Urls(configuration).FirstOrDefault(url => !IsLoopback(url));

    /// <summary>Whether people have to say who they are: as the configuration has it, else where other machines can reach the server.</summary>
    public static AccessMode Mode(AccessOptions options, IConfiguration configuration) =>
        options.Mode ?? (Foreign(configuration) is null ? AccessMode.Local : AccessMode.Accounts);

    /// <summary>The addresses that were given; empty where the port alone says it.</summary>
    public static string[] Urls(IConfiguration configuration) =>
        (configuration[UrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a server can listen on it.</summary>
    public static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Host.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // What is no address is refused with all other faults of the configuration.
    private static bool IsLoopback(string url)
    {
        if (!IsAddress(url))
            return true;
        var host = BindingAddress.Parse(url).Host.Trim('[', ']');
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
