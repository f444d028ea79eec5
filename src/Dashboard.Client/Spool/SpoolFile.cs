using System.Text;
using System.Text.Json;

namespace Dashboard.Client;

/// <summary>A spool file: one line of JSON (<see cref="RequestHeader"/>), then the body's bytes to the end. Present under its final name only when whole and flushed.</summary>
internal static class SpoolFile
{
    public const string Extension = ".batch";
    private const string Partial = ".part";
    private const int MaxHeaderBytes = 64 << 10;

    /// <summary>Writes beside the final name, flushes to the disk, then renames.</summary>
    /// <returns>Bytes written.</returns>
    public static long Write(string path, RequestHeader header, ReadOnlySpan<byte> body)
    {
        long size;
        using (var file = Create(path, header))
        {
            file.Write(body);
            file.Flush(flushToDisk: true);
            size = file.Length;
        }

        System.IO.File.Move(path + Partial, path, overwrite: true);
        return size;
    }

    /// <summary>The same with a body of any length.</summary>
    public static async Task<long> WriteAsync(string path, RequestHeader header, Stream body, CancellationToken cancellation)
    {
        try
        {
            long size;
            await using (var file = Create(path, header))
            {
                await body.CopyToAsync(file, 1 << 20, cancellation);
                file.Flush(flushToDisk: true);
                size = file.Length;
            }

            System.IO.File.Move(path + Partial, path, overwrite: true);
            return size;
        }
        catch
        {
            System.IO.File.Delete(path + Partial);
            throw;
        }
    }

    /// <summary>Opens a file with the position at the body's first byte.</summary>
    /// <exception cref="InvalidDataException">It does not begin with a header.</exception>
    public static FileStream Open(string path, out RequestHeader header)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var line = new List<byte>(256);
            for (int b; (b = file.ReadByte()) != '\n'; line.Add((byte)b))
            {
                if (b < 0 || line.Count >= MaxHeaderBytes)
                    throw new InvalidDataException("the header line is missing or has no end");
            }

            header = JsonSerializer.Deserialize<RequestHeader>(line.ToArray(), Json.Options) ?? throw new InvalidDataException("the header line is null");
            return file;
        }
        catch (JsonException e)
        {
            file.Dispose();
            throw new InvalidDataException("the header line is not JSON", e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream Create(string path, RequestHeader header)
    {
        var file = new FileStream(path + Partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header, Json.Options) + "\n"));
        return file;
    }
}
