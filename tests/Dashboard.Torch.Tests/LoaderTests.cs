namespace Dashboard.Torch.Tests;

public sealed class LoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-bridge-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Bridge_Missing_SaysWhereItLookedAndWhatToInstall()
    {
        File.WriteAllText(Path.Combine(_folder, "Dashboard.sln"), "");
        var bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;

        var places = BridgeLocator.Places(new TorchOptions(), null, bin);
        var error = Assert.Throws<TorchMissingException>(() => BridgeLocator.Find(places));

        Assert.Equal([Path.Combine(bin, "liblossboard_torch.so"), Path.Combine(_folder, "artifacts/native/liblossboard_torch.so")], places);
        Assert.All(places, place => Assert.Contains(place, error.Message, StringComparison.Ordinal));
        Assert.Contains("apt-get install --no-install-recommends libtorch-dev libopenblas0-pthread", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bridge_Named_IsTheOnlyPlace()
    {
        Assert.Equal(["/a/bridge.so"], BridgeLocator.Places(new TorchOptions { BridgePath = "/a/bridge.so" }, "/b/bridge.so", _folder));
        Assert.Equal(["/b/bridge.so"], BridgeLocator.Places(new TorchOptions(), "/b/bridge.so", _folder));
    }

    [Fact]
    public void Bridge_ThatCannotBeLoaded_SaysWhy()
    {
        var path = Path.Combine(_folder, "liblossboard_torch.so");
        File.WriteAllText(path, "no library");

        var error = Assert.Throws<TorchMissingException>(() => BridgeLocator.Open(path));

        Assert.Contains("cannot be loaded", error.Message, StringComparison.Ordinal);
        Assert.Contains("TORCH_HOME", error.Message, StringComparison.Ordinal);
    }
}
