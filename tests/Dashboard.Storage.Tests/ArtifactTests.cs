using System.Security.Cryptography;

namespace Dashboard.Storage.Tests;

public sealed class ArtifactTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Put_Content_IsKeptOnceUnderItsHash()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = (await store.PushAsync("r", "loss", (1, 1))).RunId;
        var content = RandomNumberGenerator.GetBytes(300_000);

        var first = (await store.Artifacts.PutAsync(run, "ckpt/1", "checkpoint", 100, ArtifactOrigin.Unknown, new MemoryStream(content), None))!;
        var same = (await store.Artifacts.PutAsync(run, "ckpt/1", "checkpoint", 100, ArtifactOrigin.Unknown, new MemoryStream(content), None))!;
        var other = (await store.Artifacts.PutAsync(run, "ckpt/2", "checkpoint", 200, ArtifactOrigin.Unknown, new MemoryStream(content), None))!;

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), first.Sha256);
        Assert.Equal((300_000, 100L), (first.Size, first.Step));
        Assert.Equal(first, same);
        Assert.NotEqual(first.Id, other.Id);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(store.Folder, "artifacts"), "*", SearchOption.AllDirectories));
        Assert.Equal(content, await File.ReadAllBytesAsync((await store.Artifacts.FindAsync(run, "ckpt/1", null, null, None))!.Value.Path));
    }

    [Fact]
    public async Task List_NewestVersionOfEachName_AlsoAsOfATime()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = (await store.PushAsync("r", "loss", (1, 1))).RunId;
        var old = (await store.Artifacts.PutAsync(run, "best", "checkpoint", 1, ArtifactOrigin.Unknown, new MemoryStream([1]), None))!;
        ArtifactInfo fresh;
        // Versions are told apart by the millisecond: push until the clock has moved.
        byte content = 2;
        do fresh = (await store.Artifacts.PutAsync(run, "best", "checkpoint", 2, ArtifactOrigin.Unknown, new MemoryStream([content++]), None))!;
        while (fresh.Created <= old.Created);
        await store.Artifacts.PutAsync(run, "notes", "file", null, ArtifactOrigin.Unknown, new MemoryStream([3]), None);

        Assert.Equal(["notes", "best"], (await store.Artifacts.ListAsync(run, null, null, false, None))!.Select(a => a.Name));
        Assert.Equal([fresh], await store.Artifacts.ListAsync(run, "checkpoint", null, false, None));
        Assert.Equal(old.Created, (await store.Artifacts.ListAsync(run, null, old.Created, false, None))!.Single().Created);
        var versions = (await store.Artifacts.ListAsync(run, "checkpoint", null, true, None))!;
        Assert.Equal((fresh, old), (versions[0], versions[^1]));
        Assert.Equal(old, (await store.Artifacts.FindAsync(run, "best", 1, null, None))!.Value.Info);
        Assert.Equal(old, (await store.Artifacts.FindAsync(run, "best", null, old.Id, None))!.Value.Info);
        Assert.Equal(fresh, (await store.Artifacts.FindAsync(run, "best", null, null, None))!.Value.Info);
        Assert.Null(await store.Artifacts.FindAsync(run, "best", 3, null, None));
        Assert.Null(await store.Artifacts.ListAsync("nobody", null, null, false, None));
    }

    [Fact]
    public async Task Remove_SharedContent_StaysForTheOtherName()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = (await store.PushAsync("r", "loss", (1, 1))).RunId;
        await store.Artifacts.PutAsync(run, "a", "file", null, ArtifactOrigin.Unknown, new MemoryStream([1]), None);
        await store.Artifacts.PutAsync(run, "b", "file", null, ArtifactOrigin.Unknown, new MemoryStream([1]), None);

        Assert.True(await store.Artifacts.RemoveAsync(run, "a", None));
        Assert.False(await store.Artifacts.RemoveAsync(run, "a", None));

        var path = (await store.Artifacts.FindAsync(run, "b", null, null, None))!.Value.Path;
        Assert.True(File.Exists(path));
        Assert.True(await store.Artifacts.RemoveAsync(run, "b", None));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Put_WithAnOrigin_ComesBackAlsoNotANumber()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = (await store.PushAsync("r", "loss", (1, 1))).RunId;
        var good = new ArtifactOrigin("best", "val/loss", 0.31, "min");
        var lost = new ArtifactOrigin("periodic", "val/loss", double.NaN, null);

        var first = (await store.Artifacts.PutAsync(run, "c", "checkpoint", 1, good, new MemoryStream([1]), None))!;
        var again = (await store.Artifacts.PutAsync(run, "c", "checkpoint", 1, good, new MemoryStream([1]), None))!;
        var other = (await store.Artifacts.PutAsync(run, "c", "checkpoint", 1, lost, new MemoryStream([1]), None))!;

        Assert.Equal((good, false), (first.Origin, first.Kept));
        Assert.Equal(first, again);
        Assert.Equal([lost, good], (await store.Artifacts.ListAsync(run, "checkpoint", null, true, None))!.Select(a => a.Origin));
        Assert.NotEqual(first.Id, other.Id);
    }

    [Fact]
    public async Task RemoveVersions_AKeptOne_Stays()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = (await store.PushAsync("r", "loss", (1, 1))).RunId;
        var ids = new List<string>();
        for (byte step = 0; step < 3; step++)
            ids.Add((await store.Artifacts.PutAsync(run, "c", "checkpoint", step, ArtifactOrigin.Unknown, new MemoryStream([step]), None))!.Id);

        Assert.True((await store.Artifacts.KeepAsync(run, ids[0], true, None))!.Kept);
        Assert.Null(await store.Artifacts.KeepAsync(run, "nothing", true, None));
        Assert.Equal([ids[1]], await store.Artifacts.RemoveVersionsAsync(run, [ids[0], ids[1], "nothing"], None));

        Assert.Equal([(run, ids[2]), (run, ids[0])], (await store.Artifacts.ListProjectAsync("p", "checkpoint", None)).Select(one => (one.RunId, one.Info.Id)));
        Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(store.Folder, "artifacts"), "*", SearchOption.AllDirectories).Count());
    }
}
