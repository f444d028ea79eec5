using Microsoft.Data.Sqlite;

namespace Dashboard.Benchmarks;

/// <summary>Bytes of the whole data folder a point, after the server sealed and stopped.</summary>
internal static class DiskRow
{
    private const int Connections = 4;
    private const int BatchesEach = 2500;
    private const int Points = 1000;

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        using var data = new DataFolder();
        LoadResult result;
        TimeSpan stop;
        long running;
        await using (var server = await ServerProcess.StartAsync(options.Root, data.Path))
        {
            var requests = RequestMaker.Make(Connections, BatchesEach, 1, Points, PackedBodies.ContentType, PackedBodies.Make);
            result = LoadGenerator.Closed(server, requests, Points, 60);
            running = data.Bytes;
            stop = await server.StopAsync();
        }

        var bytes = data.Bytes;
        return
        [
            Figure.AtMost("bytes a point on disk, f32 loss with step and time", 5, (double)bytes / result.Points, "B",
                $"{Figure.Text(result.Points)} points, folder {Figure.Text(bytes / 1048576.0)} MiB{Free(data.Path)}, {Figure.Text(running / 1048576.0)} MiB before the stop, which took {Figure.Text(stop.TotalSeconds)} s"),
        ];
    }

    /// <summary>How much of the database file is free pages that later points will fill.</summary>
    private static string Free(string folder)
    {
        if (Directory.GetFiles(folder, "*.db").Concat(Directory.GetFiles(folder, "*.sqlite")).FirstOrDefault() is not { } file)
            return "";
        Storage.SqliteBinding.Install();
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT f.freelist_count * p.page_size FROM pragma_freelist_count f, pragma_page_size p";
        return $" of which {Figure.Text((long)command.ExecuteScalar()! / 1048576.0)} MiB are free pages";
    }
}
