using System.Net;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Refuses addresses that others could reach: there is no login yet.</summary>
internal sealed class ServerOptionsValidator(IConfiguration configuration) : IValidateOptions<ServerOptions>
{
    /// <summary>Configuration key of the addresses that <c>--urls</c> and <c>ASPNETCORE_URLS</c> set.</summary>
    public const string UrlsKey = "urls";

    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var failures = new List<string>();
        if (options.Port is < 0 or > ushort.MaxValue)
            failures.Add($"{ServerOptions.Section}:{nameof(ServerOptions.Port)} must be from 0 to {ushort.MaxValue}, not {options.Port}.");
        if (options.DrainSeconds is not (> 0 and <= 600))
            failures.Add($"{ServerOptions.Section}:{nameof(ServerOptions.DrainSeconds)} must be above 0 and at most 600.");
        foreach (var url in (configuration[UrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsLoopback(url))
                failures.Add($"{UrlsKey}: '{url}' can be reached from other machines, and Lossboard has no login yet. Use http://localhost:PORT, and a tunnel (ssh -L) from elsewhere.");
        }
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsLoopback(string url)
    {
        try
        {
            var host = BindingAddress.Parse(url).Host.Trim('[', ']');
            return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
