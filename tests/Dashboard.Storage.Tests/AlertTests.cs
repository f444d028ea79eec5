namespace Dashboard.Storage.Tests;

public sealed class AlertTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly AlertKey Loss = new("diverging", "loss");
    private static readonly AlertKey Labels = new("class_imbalance", "train");

    [Fact]
    public async Task Add_OfWhatWasToldBefore_TellsOnlyWhatIsNewAndEachChannelByItself()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = (await store.PushAsync("r", "loss", (1, 1))).RunId;
        var first = await AddAsync(store, run, "webhook", Loss);
        Assert.Null(await AddAsync(store, run, "webhook", Loss));
        var both = await AddAsync(store, run, "webhook", Loss, Labels);
        var mail = await AddAsync(store, run, "email", Loss);
        Assert.Equal($$"""{"id":"{{first!.Id}}","keys":"diverging"}""", first.BodyJson);
        Assert.Equal($$"""{"id":"{{both!.Id}}","keys":"class_imbalance"}""", both.BodyJson);
        Assert.Equal([mail!.Id, both.Id, first.Id], (await store.Alerts.ListAsync("p", 10, None)).Select(alert => alert.Id));
        Assert.Null(await AddAsync(store, "none", "webhook", Loss));
    }

    [Fact]
    public async Task Message_ThatFails_WaitsOverARestartUntilItIsTaken()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = (await store.PushAsync("r", "loss", (1, 1))).RunId;
        var alert = (await AddAsync(store, run, "webhook", Loss))!;
        Assert.Equal(alert.Id, Assert.Single(await store.Alerts.DueAsync(alert.Created, 10, None)).Id);
        await store.Alerts.TriedAsync(alert.Id, "no answer", alert.Created + 100);
        await store.ReopenAsync();
        Assert.Empty(await store.Alerts.DueAsync(alert.Created + 99, 10, None));
        Assert.Equal(alert.Created + 100, await store.Alerts.NextDueAsync(None));
        var due = Assert.Single(await store.Alerts.DueAsync(alert.Created + 100, 10, None));
        Assert.Equal((alert.Id, 1, "no answer"), (due.Id, due.Attempts, due.Error));
        await store.Alerts.TriedAsync(alert.Id, null, null);
        Assert.Null(await store.Alerts.NextDueAsync(None));
        var sent = Assert.Single(await store.Alerts.ListAsync("p", 10, None));
        Assert.Equal((AlertStatus.Sent, 2), (sent.Status, sent.Attempts));
        Assert.Null(await AddAsync(store, run, "webhook", Loss));
    }

    [Fact]
    public async Task Message_ThatIsGivenUp_IsDueNoMore()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = (await store.PushAsync("r", "loss", (1, 1))).RunId;
        var alert = (await AddAsync(store, run, "webhook", Loss))!;
        await store.Alerts.TriedAsync(alert.Id, "refused", null);
        Assert.Empty(await store.Alerts.DueAsync(double.MaxValue, 10, None));
        Assert.Equal(AlertStatus.Failed, Assert.Single(await store.Alerts.ListAsync("p", 10, None)).Status);
    }

    [Fact]
    public async Task Messages_OfARunThatIsRemoved_AreNotSentAndNotListed()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = (await store.PushAsync("r", "loss", (1, 1))).RunId;
        await AddAsync(store, run, "webhook", Loss);
        await store.Runs.RemoveAsync(run, None);
        Assert.Empty(await store.Alerts.DueAsync(double.MaxValue, 10, None));
        Assert.Empty(await store.Alerts.ListAsync("p", 10, None));
    }

    private static Task<AlertInfo?> AddAsync(StoreHost store, string run, string channel, params AlertKey[] keys) => store.Alerts.AddAsync(
        run, channel, keys, (id, fresh) => $$"""{"id":"{{id}}","keys":"{{string.Join(',', fresh.Select(key => key.Code))}}"}""");
}
