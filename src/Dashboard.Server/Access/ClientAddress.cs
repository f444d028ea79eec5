using System.Net;
using System.Net.Sockets;

namespace Dashboard.Server;

/// <summary>Where requests come from, as limits count them.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The address of a request; of IPv6 the network of 64 bits, which belongs to one household or machine.</summary>
    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        var network = Network(address);
        return network.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(network) ? $"{network}/64" : network.ToString();
    }

    /// <summary>The same as an address: of IPv6 with nothing behind the first 64 bits, but for loopback; none where there is none.</summary>
    public static IPAddress Network(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return new IPAddress(bytes);
    }
}
