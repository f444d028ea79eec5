using System.Net;
using System.Net.Sockets;

namespace Dashboard.Server;

/// <summary>Where requests come from, as limits count them.</summary>
internal static class ClientAddress
{
    /// <summary>The address of a request; of IPv6 the network of 64 bits, which belongs to one household or machine.</summary>
    public static string Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address.ToString();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
