using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Dashboard.Faults.Tests;

/// <summary>
/// Has the runtime of another process collect all garbage, through the diagnostic socket that every .NET process offers to its own user: what its heap holds
/// then is what is in use, without the sawtooth that hides a slow leak.
/// </summary>
internal static class FullCollection
{
    private const byte EventPipe = 2;
    private const byte CollectTracing = 2;
    private const long GcHeapCollect = 0x800000;

    /// <summary>Ends when the collection has ended.</summary>
    public static async Task InAsync(int processId, CancellationToken stop)
    {
        var path = Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{processId.ToString(CultureInfo.InvariantCulture)}-*-socket").Single();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
        await socket.SendAsync(Request(), stop);
        // A session with this keyword begins with a collection and tells of its begin and end; the first bytes after the head are sent when it is over,
        // and hanging up ends the session.
        var buffer = new byte[64 << 10];
        for (var read = 0; read < 32;)
        {
            var more = await socket.ReceiveAsync(buffer, stop);
            if (more == 0)
                throw new InvalidOperationException("The runtime refused to be asked for a collection.");
            read += more;
        }
    }

    private static byte[] Request()
    {
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.Unicode, leaveOpen: true))
        {
            // Megabytes of buffer, the nettrace format, one provider: keywords, level, name, no arguments.
            writer.Write(4);
            writer.Write(1);
            writer.Write(1);
            writer.Write(GcHeapCollect);
            writer.Write(4);
            WriteText(writer, "Microsoft-Windows-DotNETRuntime");
            WriteText(writer, "");
        }
        var head = new byte[20];
        "DOTNET_IPC_V1\0"u8.CopyTo(head);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(14), (ushort)(head.Length + body.Length));
        head[16] = EventPipe;
        head[17] = CollectTracing;
        return [.. head, .. body.ToArray()];
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write(text.Length == 0 ? 0 : text.Length + 1);
        if (text.Length > 0)
            writer.Write(Encoding.Unicode.GetBytes(text + '\0'));
    }
}
