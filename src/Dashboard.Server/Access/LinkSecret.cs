using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Server;

/// <summary>The secret in a link that this server gives out, behind its <c>#</c>: browsers send that to no server, and nothing logs it.</summary>
internal static class LinkSecret
{
    private const int Bytes = 32;

    /// <summary>A new one: 256 bits of chance.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of a secret with so much chance, which needs neither salt nor stretching.</summary>
    public static byte[] Hash(string? secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret ?? ""));

    /// <summary>The link that carries it.</summary>
    /// <param name="address">Where people reach the server, without a slash at the end.</param>
    /// <param name="page">The page that takes it.</param>
    /// <param name="secret">The secret.</param>
    public static string Link(string address, string page, string secret) => $"{address}/{page}#{secret}";
}
