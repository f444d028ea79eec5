using System.Buffers.Binary;
using System.Text.Json;

namespace Dashboard.Worker;

/// <summary>Messages on a pipe: four bytes of length, then JSON. An engine may have been taken over by the module that it runs: nothing it says is believed before it is checked.</summary>
internal static class EngineFrames
{
    // The longest honest message is a picture of a projection with some million points; the summary of a spectrum has 10,000 bins of 40 bytes, and a task with 1,000,000 stored tiles 8 MB.
    private const int Longest = 32 << 20;

    /// <summary>Reads a message; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">Too long, cut off, or no message.</exception>
    public static async ValueTask<EngineMessage?> ReadAsync(Stream stream, CancellationToken cancellation = default)
    {
        var prefix = new byte[4];
        var read = await stream.ReadAtLeastAsync(prefix, 4, throwOnEndOfStream: false, cancellation);
        if (read == 0) return null;
        if (read < 4) throw new InvalidDataException("The engine's last message is cut off.");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        if (length > Longest) throw new InvalidDataException($"A message of {length} bytes is longer than {Longest}.");
        var body = new byte[length];
        try
        {
            await stream.ReadExactlyAsync(body, cancellation);
            return JsonSerializer.Deserialize(body, WorkerJson.Default.EngineMessage) ?? throw new InvalidDataException("A message is null.");
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException)
        {
            throw new InvalidDataException($"The engine's message cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A message as bytes.</summary>
    public static byte[] Encode(EngineMessage message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, WorkerJson.Default.EngineMessage);
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)body.Length);
        body.CopyTo(frame, 4);
        return frame;
    }
}
