using System.Text;

namespace Dashboard.Faults.Tests;

/// <summary>Writes a batch as <c>application/vnd.lossboard.scalars</c>: 64-bit steps, wall times and values.</summary>
internal static class BinaryBody
{
    private const byte DoubleWallTimes = 4;

    public static byte[] Write(Batch batch)
    {
        using var stream = new MemoryStream();
        using var body = new BinaryWriter(stream);
        var (project, run) = (Encoding.UTF8.GetBytes(batch.Project), Encoding.UTF8.GetBytes(batch.Run));
        body.Write("LBS1"u8);
        body.Write((ushort)project.Length);
        body.Write((ushort)run.Length);
        body.Write(batch.Scalars.Count);
        body.Write(project);
        body.Write(run);
        Align(body);
        foreach (var (tag, points) in batch.Scalars)
        {
            var name = Encoding.UTF8.GetBytes(tag);
            body.Write((ushort)name.Length);
            body.Write(DoubleWallTimes);
            body.Write((byte)0);
            body.Write(points.Length);
            body.Write(name);
            Align(body);
            foreach (var point in points)
                body.Write(point.Step);
            foreach (var point in points)
                body.Write(point.WallTime);
            foreach (var point in points)
                body.Write(point.Value);
        }
        return stream.ToArray();
    }

    private static void Align(BinaryWriter body)
    {
        while (body.BaseStream.Position % 8 != 0)
            body.Write((byte)0);
    }
}
