using System.Buffers.Binary;
using System.Text.Json;

namespace Dashboard.Client.Tests;

/// <summary>Reads safetensors after their description, apart from the client's writer.</summary>
internal static class Safetensors
{
    /// <summary>Type, shape and bytes of every tensor, which must lie without gaps.</summary>
    public static Dictionary<string, (string Type, long[] Shape, byte[] Bytes)> Read(byte[] file)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        Assert.Equal(0, length % 8);
        using var header = JsonDocument.Parse(file.AsMemory(8, length));
        var found = new Dictionary<string, (string, long[], byte[])>();
        var place = 0;
        foreach (var tensor in header.RootElement.EnumerateObject().Where(property => property.Name != "__metadata__").OrderBy(tensor => tensor.Value.GetProperty("data_offsets")[0].GetInt64()))
        {
            var (start, end) = (tensor.Value.GetProperty("data_offsets")[0].GetInt32(), tensor.Value.GetProperty("data_offsets")[1].GetInt32());
            Assert.Equal(place, start);
            place = end;
            long[] shape = [.. tensor.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            found.Add(tensor.Name, (tensor.Value.GetProperty("dtype").GetString()!, shape, file[(8 + length + start)..(8 + length + end)]));
        }

        Assert.Equal(file.Length, 8 + length + place);
        return found;
    }

    /// <summary>What a file says of itself.</summary>
    public static Dictionary<string, string> Metadata(byte[] file)
    {
        using var header = JsonDocument.Parse(file.AsMemory(8, (int)BinaryPrimitives.ReadUInt64LittleEndian(file)));
        return header.RootElement.GetProperty("__metadata__").Deserialize<Dictionary<string, string>>()!;
    }
}
