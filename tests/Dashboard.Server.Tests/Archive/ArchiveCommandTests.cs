using System.IO.Compression;

namespace Dashboard.Server.Tests;

public sealed class ArchiveCommandTests : IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("lossboard-commands-").FullName;
    private readonly StringWriter _said = new();
    private readonly StringWriter _complaints = new();

    public static TheoryData<string> EarlierFolders =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "folders"), "*.zip").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        _said.Dispose();
        _complaints.Dispose();
        Directory.Delete(_work, recursive: true);
    }

    [Theory]
    [MemberData(nameof(EarlierFolders))]
    public async Task Export_OfAFolderOfAnyEarlierVersion_ComesInElsewhereEqual(string schema)
    {
        var folder = Unpack(schema);
        Assert.Equal(0, await RunAsync("export", "--data", folder, "--project", "vision", "--to", At("a.zip")));

        Assert.Equal(0, await RunAsync("import", "--data", At("new"), "--from", At("a.zip"), "--as", "other"));
        Assert.Equal(0, await RunAsync("export", "--data", At("new"), "--project", "other", "--to", At("b.zip")));

        var contents = _said.ToString().Split('\n').Where(line => line.StartsWith("content ", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Equal($"content {Archives.Content(await File.ReadAllBytesAsync(At("a.zip")))}", Assert.Single(contents).TrimEnd());
    }

    [Fact]
    public async Task Export_WhatIsThereIsKept_AndWhatIsNotIsSaid()
    {
        var folder = Unpack("Alerts");
        await File.WriteAllTextAsync(At("there.zip"), "mine");

        Assert.Equal(CommandLine.Refused, await RunAsync("export", "--data", folder, "--project", "vision", "--to", At("there.zip")));
        Assert.Equal(CommandLine.Refused, await RunAsync("export", "--data", folder, "--project", "nobody", "--to", At("new.zip")));
        Assert.Equal(CommandLine.Refused, await RunAsync("export", "--data", At("nowhere"), "--project", "vision", "--to", At("new.zip")));

        Assert.Equal("mine", await File.ReadAllTextAsync(At("there.zip")));
        Assert.Single(Directory.GetFiles(_work));
        Assert.False(Directory.Exists(At("nowhere")));
        Assert.Contains("no project 'nobody'", _complaints.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_WhileAServerUsesTheFolder_AreRefusedInWords()
    {
        await using var server = new Lossboard();
        await server.CreateClient().PostEventsAsync("""{"project":"p","run":"r","events":[{"type":"scalar","tag":"t","step":1,"value":1}]}""");

        Assert.Equal(CommandLine.Refused, await RunAsync("export", "--data", server.Folder, "--project", "p", "--to", At("a.zip")));

        Assert.Contains("another server", _complaints.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ADamagedArchive_NamesTheEntry()
    {
        var folder = Unpack("Alerts");
        await RunAsync("export", "--data", folder, "--project", "vision", "--to", At("a.zip"));
        var damaged = Archives.With(await File.ReadAllBytesAsync(At("a.zip")), "runs.ndjson", text => text.Replace("cnn", "cmn", StringComparison.Ordinal), agreeing: false);
        await File.WriteAllBytesAsync(At("b.zip"), damaged);

        Assert.Equal(CommandLine.Damaged, await RunAsync("import", "--data", At("new"), "--from", At("b.zip")));

        Assert.Contains("runs.ndjson", _complaints.ToString(), StringComparison.Ordinal);
        Assert.Contains("Nothing was stored", _complaints.ToString(), StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_work, name);

    private string Unpack(string schema)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(AppContext.BaseDirectory, "folders", schema + ".zip"));
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.StartsWith("data/", StringComparison.Ordinal)))
        {
            var path = Path.Combine(_work, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path);
        }
        return At("data");
    }

    private async Task<int> RunAsync(params string[] args)
    {
        using var console = new CommandConsole(_said, _complaints, TimeProvider.System);
        return await CommandLine.RunAsync(args, console);
    }
}
