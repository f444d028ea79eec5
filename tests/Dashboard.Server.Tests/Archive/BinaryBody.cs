using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Dashboard.Server.Tests;

/// <summary>Values of one series as docs/binary-scalars.md packs them: every bit of a double travels.</summary>
internal static class BinaryBody
{
    public static byte[] Of(string project, string run, string tag, long firstStep, ReadOnlySpan<double> values)
    {
        using var body = new MemoryStream();
        Span<byte> number = stackalloc byte[8];
        body.Write("LBS1"u8);
        Write(body, number[..2], project.Length);
        Write(body, number[..2], run.Length);
        Write(body, number[..4], 1);
        body.Write(Encoding.UTF8.GetBytes(project + run));
        Pad(body);
        Write(body, number[..2], tag.Length);
        // Steps by their first one and a stride.
        body.WriteByte(2);
        body.WriteByte(0);
        Write(body, number[..4], values.Length);
        body.Write(Encoding.UTF8.GetBytes(tag));
        Pad(body);
        Write(body, number, firstStep);
        Write(body, number, 1);
        body.Write(MemoryMarshal.AsBytes(values));
        return body.ToArray();
    }

    private static void Write(MemoryStream body, Span<byte> room, long number)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(all, number);
        all[..room.Length].CopyTo(room);
        body.Write(room);
    }

    private static void Pad(MemoryStream body)
    {
        while (body.Length % 8 != 0)
            body.WriteByte(0);
    }
}
