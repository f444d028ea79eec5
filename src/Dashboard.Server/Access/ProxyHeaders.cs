using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Dashboard.Server;

/// <summary>Believes what proxies in front say of scheme and address: those on this machine, and those that are configured. The name is what they send as <c>Host</c>.</summary>
internal sealed class ProxyHeaders(IOptions<AccessOptions> access) : IConfigureOptions<ForwardedHeadersOptions>
{
    public void Configure(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // One on this machine and each that is named, in a row: beyond these an address is what a client made up.
        options.ForwardLimit = access.Value.Proxies.Count + 1;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        options.KnownIPNetworks.Add(IPNetwork.Parse("127.0.0.0/8"));
        options.KnownProxies.Add(IPAddress.IPv6Loopback);
        foreach (var proxy in access.Value.Proxies)
        {
            if (IPNetwork.TryParse(proxy, out var network))
                options.KnownIPNetworks.Add(network);
            else if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
        }
    }
}
