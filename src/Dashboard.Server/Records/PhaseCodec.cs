using System.Buffers.Binary;

namespace Dashboard.Server;

/// <summary>Payload of a phase: when it started and ended, two little-endian doubles.</summary>
internal static class PhaseCodec
{
    public static byte[] Encode(double started, double ended)
    {
        var payload = new byte[2 * sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(payload, started);
        BinaryPrimitives.WriteDoubleLittleEndian(payload.AsSpan(sizeof(double)), ended);
        return payload;
    }

    public static (double Started, double Ended) Decode(byte[] payload) => payload.Length < 2 * sizeof(double) ? throw ApiProblems.Damaged() :
        (BinaryPrimitives.ReadDoubleLittleEndian(payload), BinaryPrimitives.ReadDoubleLittleEndian(payload.AsSpan(sizeof(double))));
}
