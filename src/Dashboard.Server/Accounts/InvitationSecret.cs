using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Server;

/// <summary>The secret in an invitation's link, behind its <c>#</c>: browsers send that to no server, and nothing logs it.</summary>
internal static class InvitationSecret
{
    private const int Bytes = 32;

    /// <summary>A new one: 256 bits of chance.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of it. With so much chance it needs neither salt nor stretching.</summary>
    public static byte[] Hash(string? secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret ?? ""));

    /// <summary>The link that carries it.</summary>
    /// <param name="address">Where people reach the server, without a slash at the end.</param>
    /// <param name="secret">The secret.</param>
    public static string Link(string address, string secret) => $"{address}/invitation#{secret}";
}
