using System.Text.Json;

namespace Dashboard.Browser.Tests;

/// <summary>A page whose errors fail the test: nothing may be written to the console as an error, and no script may fail.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];
    private readonly List<string> _refusals = [];

    private WatchedPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>True while the server is away on purpose: requests then fail, and the browser says so.</summary>
    public bool MayLoseServer { get; set; }

    /// <summary>True where the server refuses a request on purpose (4xx): the browser says so.</summary>
    public bool MayBeRefused { get; set; }

    /// <summary>False where a frame of another site is refused on purpose: the browser says so, and it is kept in <see cref="Refusals"/>.</summary>
    public bool MayBeFramed { get; set; } = true;

    /// <summary>What the browser said of frames that were refused.</summary>
    public IReadOnlyList<string> Refusals => _refusals;

    public static async Task<WatchedPage> OpenAsync(IBrowserContext context, string address, bool mayBeRefused = false)
    {
        var watched = new WatchedPage(context, await context.NewPageAsync()) { MayBeRefused = mayBeRefused };
        watched.Page.Console += (_, message) => watched.Note(message.Type == "error", message.Text);
        watched.Page.PageError += (_, error) => watched.Note(true, error);
        await watched.Page.GotoAsync(address);
        return watched;
    }

    /// <summary>The plot of a card, once it exists.</summary>
    public ILocator Plot(string tag) => Page.Locator($"article[data-tag='{tag}'] .plot");

    /// <summary>Waits until a condition over the chart of a tag holds. In it: <c>chart</c>, and <c>points</c>, those of the run.</summary>
    public async Task ChartAsync(string tag, string runId, string condition)
    {
        var script = $$"""
            ([tag, run]) => {
              const chart = [...document.querySelectorAll('article')].find((card) => card.dataset.tag === tag)?.querySelector('.plot').lossboardChart;
              const points = chart?.points(run);
              return Boolean(points && ({{condition}}));
            }
            """;
        await Page.WaitForFunctionAsync(script, new[] { tag, runId });
    }

    public async Task<JsonElement> PointsAsync(string tag, string runId) => (await Page.EvaluateAsync(
        "([tag, run]) => [...document.querySelectorAll('article')].find((card) => card.dataset.tag === tag).querySelector('.plot').lossboardChart.points(run)",
        new[] { tag, runId }))!.Value;

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.True(_errors.Count == 0, string.Join('\n', _errors));
    }

    private void Note(bool isError, string text)
    {
        var lost = MayLoseServer && (text.Contains("Failed to load resource", StringComparison.Ordinal) || text.Contains("WebSocket", StringComparison.Ordinal)
            || text.Contains("net::ERR_", StringComparison.Ordinal));
        var refused = MayBeRefused && text.Contains("the server responded with a status of 4", StringComparison.Ordinal);
        var framed = !MayBeFramed && text.Contains("frame-ancestors", StringComparison.Ordinal);
        if (isError && framed)
            _refusals.Add(text);
        if (isError && !lost && !refused && !framed)
        {
            _errors.Add(text);
        }
    }
}
