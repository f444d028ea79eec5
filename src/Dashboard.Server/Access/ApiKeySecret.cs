using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Server;

/// <summary>
/// The form of keys: <c>lb_</c>, 256 bits of chance as 43 digits to the base of 62, <c>_</c>, and 6 digits with the CRC-32 of all before the second underscore. A slip of the hand is refused without
/// a look at the store, and scanners for secrets know a key from a text that looks like one.
/// </summary>
internal static class ApiKeySecret
{
    /// <summary>What keys look like, as a regular expression.</summary>
    public const string Pattern = "lb_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}";

    private const string Prefix = "lb_";
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomDigits = 43;
    private const int SumDigits = 6;
    private const int HintLength = 8;

    /// <summary>Makes a key.</summary>
    public static string Make()
    {
        var value = new BigInteger(RandomNumberGenerator.GetBytes(32), isUnsigned: true);
        var body = Prefix + Written(value, RandomDigits);
        return $"{body}_{Written(Crc32(body), SumDigits)}";
    }

    /// <summary>Whether a text can be a key: its form and its sum are right.</summary>
    public static bool IsWellFormed(string text)
    {
        const int BodyLength = 3 + RandomDigits;
        if (text.Length != BodyLength + 1 + SumDigits || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[BodyLength] != '_')
            return false;
        return text.AsSpan(Prefix.Length).IndexOfAnyExcept("_" + Digits) < 0
            && text.AsSpan(BodyLength + 1).SequenceEqual(Written(Crc32(text.AsSpan(0, BodyLength)), SumDigits));
    }

    /// <summary>What is stored of a key, and looked up: its SHA-256. It has 256 bits of chance, so neither salt nor stretching would add anything.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>The first characters of a key, to tell keys apart by.</summary>
    public static string Hint(string text) => text[..HintLength] + "…";

    private static string Written(BigInteger value, int digits) => string.Create(digits, value, static (text, rest) =>
    {
        for (var at = text.Length - 1; at >= 0; at--)
        {
            rest = BigInteger.DivRem(rest, Digits.Length, out var digit);
            text[at] = Digits[(int)digit];
        }
    });

    // The one of zlib and gzip, so that `zlib.crc32` checks it anywhere.
    private static uint Crc32(ReadOnlySpan<char> ascii)
    {
        var crc = uint.MaxValue;
        foreach (var character in ascii)
        {
            crc ^= (byte)character;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
        }
        return ~crc;
    }
}
