using System.Text;

namespace Dashboard.Client.Tests;

/// <summary>Reads <c>application/vnd.lossboard.scalars</c> after its description, apart from the client's writer.</summary>
internal static class PackedScalars
{
    public static List<(string Run, string Tag, long Step, double Value, double WallTime)> Read(byte[] body)
    {
        using var reader = new BinaryReader(new MemoryStream(body));
        Assert.Equal("LBS1", Encoding.ASCII.GetString(reader.ReadBytes(4)));
        int projectLength = reader.ReadUInt16(), runLength = reader.ReadUInt16();
        var series = reader.ReadUInt32();
        reader.ReadBytes(projectLength);
        var run = Encoding.UTF8.GetString(reader.ReadBytes(runLength));
        Align(reader);
        var points = new List<(string, string, long, double, double)>();
        for (var s = 0; s < series; s++)
        {
            var tagLength = reader.ReadUInt16();
            var flags = reader.ReadByte();
            Assert.Equal(0, reader.ReadByte());
            var count = checked((int)reader.ReadUInt32());
            var tag = Encoding.UTF8.GetString(reader.ReadBytes(tagLength));
            Align(reader);
            var stride = (flags & 2) != 0;
            var (first, by) = stride ? (reader.ReadInt64(), reader.ReadInt64()) : (0, 0);
            var start = (flags & 8) != 0 ? reader.ReadInt64() : 0;
            var steps = Column(reader, count, i => stride ? first + i * by : reader.ReadInt64());
            var times = Column(reader, count, _ => (flags & 8) != 0 ? (start + reader.ReadUInt32()) / 1000.0 : reader.ReadDouble());
            var values = Column(reader, count, _ => (flags & 1) != 0 ? reader.ReadSingle() : reader.ReadDouble());
            for (var i = 0; i < count; i++)
                points.Add((run, tag, steps[i], values[i], times[i]));
        }

        Assert.Equal(body.Length, reader.BaseStream.Position);
        return points;
    }

    private static T[] Column<T>(BinaryReader reader, int count, Func<int, T> read)
    {
        var column = new T[count];
        for (var i = 0; i < count; i++)
            column[i] = read(i);
        Align(reader);
        return column;
    }

    private static void Align(BinaryReader reader)
    {
        for (; reader.BaseStream.Position % 8 != 0;)
            Assert.Equal(0, reader.ReadByte());
    }
}
