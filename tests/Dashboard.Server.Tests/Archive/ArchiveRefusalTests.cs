using System.IO.Compression;
using System.Text;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server.Tests;

/// <summary>Archives that nobody should send, each refused with its entry named and nothing left behind.</summary>
public sealed class ArchiveRefusalTests(FilledArchive filled) : IClassFixture<FilledArchive>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-refusals-").FullName;
    private CommandStore _store = null!;
    private readonly byte[] _archive = filled.Archive;

    public async Task InitializeAsync() => _store = await CommandStore.OpenAsync(_folder, mayBeNew: true);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Import_ADamagedEntryOfAnyKind_NamesItAndLeavesNothing()
    {
        foreach (var (name, content) in Archives.Entries(_archive).Where(entry => entry.Content.Length > 0 && entry.Name != "manifest.json"))
        {
            var damaged = (byte[])content.Clone();
            damaged[damaged.Length / 2] ^= 1;
            var archive = Archives.With(_archive, entries => entries.Select(entry => entry.Name == name ? (name, damaged) : entry), agreeing: false);

            Assert.Equal(name, (await RefusedAsync(archive)).Entry);
        }
        await RequireNothingAsync();
        // And what is whole comes in where all these did not.
        Assert.Equal(3, (await ImportAsync(_archive)).Runs);
    }

    [Fact]
    public async Task Import_AnEntryThatIsMissingOrNotListed_IsNamed()
    {
        Assert.Equal("runs.ndjson", (await RefusedAsync(Archives.With(_archive, entries => entries.Where(entry => entry.Name != "runs.ndjson"), agreeing: false))).Entry);
        Assert.Equal("manifest.json", (await RefusedAsync(Archives.With(_archive, entries => entries.Where(entry => entry.Name != "manifest.json"), agreeing: false))).Entry);
        Assert.Equal("series/7/7.csv", (await RefusedAsync(Archives.With(_archive, entries => entries.Append(("series/7/7.csv", [])), agreeing: false))).Entry);
        Assert.Equal("series/7/7.csv", (await RefusedAsync(Archives.With(_archive, entries => entries.Append(("series/7/7.csv", [])), agreeing: true))).Entry);
        await RequireNothingAsync();
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("artifacts/../../evil")]
    [InlineData("series/1/1.csv/")]
    [InlineData("series\\1\\1.csv")]
    [InlineData("series/01/1.csv")]
    [InlineData("readme.txt")]
    public async Task Import_ANameThatLeadsElsewhere_IsRefused(string name)
    {
        Assert.Equal(name, (await RefusedAsync(Archives.With(_archive, entries => entries.Append((name, [1])), agreeing: true))).Entry);
        await RequireNothingAsync();
    }

    [Fact]
    public async Task Import_AnEntryTwiceOrALink_IsRefused()
    {
        Assert.Equal("runs.ndjson", (await RefusedAsync(Archives.With(_archive, entries => entries.Append(("runs.ndjson", [1])), agreeing: true))).Entry);
        const int Link = 0xA1FF;
        var links = Archives.With(_archive, entries => entries, agreeing: true, entry => entry.ExternalAttributes = entry.Name == "told.ndjson" ? Link << 16 : 0);
        Assert.Equal("told.ndjson", (await RefusedAsync(links)).Entry);
        await RequireNothingAsync();
    }

    [Fact]
    public async Task Import_ABomb_IsRefusedBeforeItIsUnpacked()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = await zip.CreateEntry("results/9.json").OpenAsync();
            var zeros = new byte[1 << 20];
            for (var times = 0; times < 400; times++)
                await entry.WriteAsync(zeros);
        }
        var bomb = file.ToArray();
        Assert.True(bomb.Length < 2 << 20, "The bomb is no bomb.");

        var refusal = await RefusedAsync(bomb);

        // By the directory alone: there is no manifest even, which would be told first of what is opened.
        Assert.True(refusal.IsTooLarge);
        Assert.Contains("times as large", refusal.Message, StringComparison.Ordinal);
        await RequireNothingAsync();
    }

    [Fact]
    public async Task Import_MoreEntriesThanTheMost_IsRefusedByTheEndOfTheFile()
    {
        var many = Archives.With(_archive, entries => entries.Concat(Enumerable.Range(1, 3000).Select(number => ($"series/9/{number}.csv", Array.Empty<byte>()))), agreeing: false);
        await using var file = new MemoryStream(many);

        var tail = await Assert.ThrowsAsync<ArchiveException>(() => ArchiveTail.CheckAsync(file, new ArchiveCaps(100, long.MaxValue), CancellationToken.None));
        var list = await Assert.ThrowsAsync<ArchiveException>(() => ArchiveReader.OpenAsync(file, new ArchiveCaps(2000, long.MaxValue), CancellationToken.None));

        Assert.True(tail.IsTooLarge);
        Assert.True(list.IsTooLarge);
    }

    [Fact]
    public async Task Import_AFileThatIsNoArchive_IsRefusedInWords()
    {
        Assert.Contains("no zip", (await RefusedAsync(Encoding.UTF8.GetBytes("hello"))).Message, StringComparison.Ordinal);
        Assert.Contains("no zip", (await RefusedAsync([])).Message, StringComparison.Ordinal);
        Assert.Contains("whole", (await RefusedAsync(_archive[..^200])).Message, StringComparison.Ordinal);
        Assert.Contains("later version", (await RefusedAsync(Archives.With(_archive, "manifest.json", text => text.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal), agreeing: false))).Message, StringComparison.Ordinal);
    }

    [Theory]
    // Whoever writes an archive by hand can make its manifest agree: what is in it must be right all the same.
    [InlineData("runs.ndjson", "\"name\":\"cnn/seed-2\"", "\"name\":\"cnn/seed-1\"")]
    [InlineData("runs.ndjson", "\"status\":\"finished\"", "\"status\":\"asleep\"")]
    [InlineData("runs.ndjson", "\"color\":3", "\"color\":99")]
    [InlineData("runs.ndjson", "\"run\":2", "\"run\":3")]
    [InlineData("runs.ndjson", "\"config\":{}", "\"config\":[]")]
    [InlineData("runs.ndjson", "\"group\":\"cnn\"", "\"group\":\"c\\u0007n\"")]
    [InlineData("runs.ndjson", "\"group\":\"cnn\"", "\"group\":\"\\ud800\"")]
    [InlineData("series.ndjson", "\"tag\":\"restarted\"", "\"tag\":\"train/loss\"")]
    [InlineData("series.ndjson", "\"count\":9000", "\"count\":8999")]
    [InlineData("series.ndjson", "\"run\":2,\"series\":1", "\"run\":200,\"series\":1")]
    [InlineData("artifacts.ndjson", "\"name\":\"net/ckpt\"", "\"name\":\"../ckpt\"")]
    [InlineData("artifacts.ndjson", "\"size\":5", "\"size\":6")]
    [InlineData("artifacts.ndjson", "\"type\":\"checkpoint\"", "\"type\":\"program\"")]
    [InlineData("jobs.ndjson", "\"status\":\"succeeded\"", "\"status\":\"running\"")]
    [InlineData("jobs.ndjson", "\"kind\":\"projection\"", "\"kind\":\"shell\"")]
    [InlineData("views.ndjson", "\"kind\":\"report\"", "\"kind\":\"page\"")]
    [InlineData("settings.ndjson", "\"keep_last\":3", "\"keep_last\":\"many\"")]
    [InlineData("settings.ndjson", "\"name\":\"retention\"", "\"name\":\"alerts\"")]
    [InlineData("project.json", "\"runs\":3", "\"runs\":4")]
    [InlineData("project.json", "\"runs\":3", "\"runs\":2000000000")]
    [InlineData("project.json", "\"points\":", "\"points\":1")]
    [InlineData("results/1.json", "[", "{")]
    public async Task Import_WhatDoesNotFit_IsRefused(string entry, string text, string instead)
    {
        var archive = Archives.With(_archive, entry, content => content.Contains(text, StringComparison.Ordinal)
            ? ReplaceFirst(content, text, instead)
            : throw new InvalidOperationException($"{entry} does not hold {text}: {content}"), agreeing: true);

        await RefusedAsync(archive);
        await RequireNothingAsync();
    }

    [Fact]
    public async Task Import_AWebhookInAnArchive_IsNotTakenOver()
    {
        var archive = Archives.With(_archive, "settings.ndjson", text => text.Replace("\"email_to\"", "\"webhook_url\":\"http://169.254.169.254/\",\"webhook_secret\":\"x\",\"email_to\"", StringComparison.Ordinal), agreeing: true);

        await ImportAsync(archive);

        var settings = await _store.Get<ISettingsStore>().FindAsync("filled", "alerts", CancellationToken.None);
        Assert.DoesNotContain("169.254", settings!.BodyJson, StringComparison.Ordinal);
        Assert.Contains("a@example.org", settings.BodyJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_AnyBytesFlipped_IsTakenWholeOrRefused()
    {
        // Fixed seed: a failure can be looked at again.
        var random = new Random(11);
        for (var round = 0; round < LongForm.Of(@short: 40, @long: 2000); round++)
        {
            var archive = (byte[])_archive.Clone();
            for (var flip = 0; flip <= random.Next(4); flip++)
                archive[random.Next(archive.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                await using var file = new MemoryStream(archive);
                var answer = await _store.Get<ProjectImport>().ReadAsync(file, $"flipped {round}", null, CancellationToken.None);
                // A bit that means nothing: a time in the directory.
                Assert.Equal(Archives.Content(_archive), answer.Content);
            }
            catch (ArchiveException)
            {
            }
        }
        Assert.Equal(StorageState.Ready, _store.Get<IStorageHealth>().State);
    }

    private static string ReplaceFirst(string content, string text, string instead)
    {
        var at = content.IndexOf(text, StringComparison.Ordinal);
        return content[..at] + instead + content[(at + text.Length)..];
    }

    private async Task<ImportAnswer> ImportAsync(byte[] archive)
    {
        await using var file = new MemoryStream(archive);
        return await _store.Get<ProjectImport>().ReadAsync(file, null, null, CancellationToken.None);
    }

    private Task<ArchiveException> RefusedAsync(byte[] archive) => Assert.ThrowsAsync<ArchiveException>(() => ImportAsync(archive));

    private async Task RequireNothingAsync()
    {
        Assert.Empty(await _store.Get<IRunStore>().ListProjectsAsync(CancellationToken.None));
        Assert.Empty((await _store.Get<IRunStore>().ListAsync(new RunQuery(null, 10), CancellationToken.None)).Items);
        Assert.Empty((await _store.Get<IJobStore>().ListAsync(new JobQuery(null, JobKinds.All), CancellationToken.None)).Jobs);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "artifacts"), "*", SearchOption.AllDirectories));
        Assert.Equal(StorageState.Ready, _store.Get<IStorageHealth>().State);
    }
}
