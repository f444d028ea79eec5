using System.Net;

namespace Dashboard.Server;

/// <summary>Where people reach the server, for the links that it gives out.</summary>
internal static class PublicAddress
{
    /// <summary>As configured, else as the request came; without a slash at the end.</summary>
    public static string Of(AccessOptions options, HttpRequest request) => options.PublicUrl?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>As configured, else by an address that the server listens on; where that is every address of the machine, by the machine's name.</summary>
    public static string Of(AccessOptions options, IEnumerable<string> listening)
    {
        if (options.PublicUrl is { } configured)
            return configured.TrimEnd('/');
        var address = listening.OrderByDescending(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)).FirstOrDefault() ?? "http://localhost";
        var binding = BindingAddress.Parse(address);
        var isAny = binding.Host is "*" or "+" || (IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
        return $"{binding.Scheme}://{(isAny ? Dns.GetHostName() : binding.Host)}:{binding.Port}{binding.PathBase}";
    }
}
