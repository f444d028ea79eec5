using System.IO.Compression;
using System.Text.Json;

namespace Dashboard.Storage.Tests;

/// <summary>A data folder that an earlier version of the server wrote and died over, with what it must still hold (tests/fixtures/make_data_folders.py).</summary>
internal sealed class EarlierFolder
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "folders");
    private readonly string _archive;

    public EarlierFolder(string schema)
    {
        _archive = Path.Combine(Fixtures, schema + ".zip");
        using var zip = ZipFile.OpenRead(_archive);
        using var expected = zip.GetEntry("expected.json")!.Open();
        Expected = FolderContents.Parse(JsonDocument.Parse(expected).RootElement);
    }

    /// <summary>Names of the schemas of which there is a folder.</summary>
    public static IReadOnlyList<string> Schemas => [.. Directory.GetFiles(Fixtures, "*.zip").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public FolderContents Expected { get; }

    /// <summary>The folder, laid out as it was on the disk.</summary>
    public string Unpack()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-earlier-").FullName;
        using var zip = ZipFile.OpenRead(_archive);
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.StartsWith("data/", StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder, entry.FullName["data/".Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path);
        }

        return folder;
    }
}
