namespace Dashboard.Browser.Tests;

/// <summary>The pictures of the Projections page, as tests look at them.</summary>
public static class ProjectionPictures
{
    /// <summary>Waits until a condition over a picture holds. In it: <c>points</c>, the chart; <c>stats</c>, what it drew; <c>model</c>, what it was told to show.</summary>
    public static Task PictureAsync(IPage page, string condition, string place = "a") => page.WaitForFunctionAsync($$"""
        (place) => {
          const picture = document.querySelector(`[data-place=${place}] .projection-plot`)?.lossboardPicture;
          const points = picture?.points;
          const stats = points?.stats();
          const model = picture?.model;
          return Boolean(model && stats.draws > 0 && ({{condition}}));
        }
        """, place);

    /// <summary>Where a row stands in the window.</summary>
    public static async Task<(float X, float Y)> PlaceAsync(IPage page, int row, string place = "a")
    {
        var at = await page.EvaluateAsync<double[]>("([place, row]) => { const at = document.querySelector(`[data-place=${place}] .projection-plot`).lossboardPoints.placeOf(row); return [at.x, at.y]; }", new object[] { place, row });
        return ((float)at[0], (float)at[1]);
    }

    /// <summary>Drags from one place of the window to another, through others.</summary>
    public static async Task DragAsync(IPage page, params (float X, float Y)[] way)
    {
        await page.Mouse.MoveAsync(way[0].X, way[0].Y);
        await page.Mouse.DownAsync();
        foreach (var (x, y) in way[1..])
            await page.Mouse.MoveAsync(x, y, new() { Steps = 4 });
        await page.Mouse.UpAsync();
    }
}
