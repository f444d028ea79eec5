namespace Dashboard.Server;

/// <summary>Tells images, sound and video that a browser may show from everything else, by their first bytes and never by what their sender said.</summary>
internal static class MediaSignature
{
    /// <summary>Bytes of a file's start that tell what it is: an Ogg stream names its codec after the head of its first page.</summary>
    private const int StartBytes = 64;

    /// <summary>Media type of a picture (png, jpeg, gif, webp, avif), sound (wav, mp3, aac, flac, ogg, m4a) or video (mp4, mov, webm, ogv); null for anything else.</summary>
    /// <remarks>What could hold a script, as SVG and HTML do, is none of them.</remarks>
    public static string? Of(ReadOnlySpan<byte> start) => Image(start) ?? Riff(start) ?? Base(start) ?? Sound(start) ?? Ogg(start) ?? WebM(start);

    /// <summary>Media type of a stored file.</summary>
    public static async Task<string?> OfAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
        var start = new byte[StartBytes];
        var read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        return Of(start.AsSpan(0, read));
    }

    private static string? Image(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        return start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8) ? "image/gif" : null;
    }

    private static string? Riff(ReadOnlySpan<byte> start)
    {
        if (start.Length < 12 || !start.StartsWith("RIFF"u8))
            return null;
        return start[8..].StartsWith("WEBP"u8) ? "image/webp" : start[8..].StartsWith("WAVE"u8) ? "audio/wav" : null;
    }

    // ISO base media files name their brand after "ftyp".
    private static string? Base(ReadOnlySpan<byte> start)
    {
        if (start.Length < 12 || !start[4..].StartsWith("ftyp"u8))
            return null;
        var brand = start[8..12];
        if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
            return "image/avif";
        if (brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8))
            return "audio/mp4";
        if (brand.SequenceEqual("qt  "u8))
            return "video/quicktime";
        return brand.StartsWith("iso"u8) || brand.StartsWith("mp4"u8) || brand.StartsWith("M4V"u8) || brand.SequenceEqual("avc1"u8) || brand.SequenceEqual("dash"u8)
            ? "video/mp4"
            : null;
    }

    private static string? Sound(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("fLaC"u8))
            return "audio/flac";
        if (start.StartsWith("ID3"u8))
            return "audio/mpeg";
        if (start.Length < 4 || start[0] != 0xFF)
            return null;
        // A frame of MPEG layer III, or of AAC. Other layers are not told from a text in UTF-16, which may begin with the same bytes.
        return start[1] switch
        {
            0xFA or 0xFB or 0xF2 or 0xF3 or 0xE2 or 0xE3 when (start[2] & 0xF0) is not 0xF0 and not 0 && (start[2] & 0x0C) != 0x0C => "audio/mpeg",
            0xF0 or 0xF1 or 0xF8 or 0xF9 when (start[2] & 0x3C) <= 0x30 => "audio/aac",
            _ => null,
        };
    }

    private static string? Ogg(ReadOnlySpan<byte> start)
    {
        const int FirstPacket = 28;
        if (start.Length < FirstPacket + 8 || !start.StartsWith("OggS"u8))
            return null;
        var packet = start[FirstPacket..];
        if (packet[1..].StartsWith("theora"u8))
            return "video/ogg";
        return packet[1..].StartsWith("vorbis"u8) || packet[1..].StartsWith("FLAC"u8) || packet.StartsWith("OpusHead"u8) ? "audio/ogg" : null;
    }

    private static string? WebM(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) && start.IndexOf("webm"u8) >= 0 ? "video/webm" : null;
}
