using System.Text;

namespace Dashboard.Server;

/// <summary>Payload of a text: its UTF-8 bytes.</summary>
internal static class TextCodec
{
    public static byte[] Encode(string text) => Encoding.UTF8.GetBytes(text);

    public static string Decode(byte[] payload) => Encoding.UTF8.GetString(payload);
}
