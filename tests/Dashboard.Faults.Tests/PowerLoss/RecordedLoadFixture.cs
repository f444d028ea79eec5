namespace Dashboard.Faults.Tests;

/// <summary>One recorded load for all tests of a class: they cut the power at moments of the same lives.</summary>
public sealed class RecordedLoadFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    internal RecordedLoad Load { get; private set; } = null!;

    internal PowerLossCheck Check { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Load = await RecordedLoad.RecordAsync(_folder.Path);
        Check = await PowerLossCheck.CreateAsync(Load, _folder.Path);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
