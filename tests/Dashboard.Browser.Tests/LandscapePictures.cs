namespace Dashboard.Browser.Tests;

/// <summary>The pictures of the Landscapes page, as tests look at them.</summary>
public static class LandscapePictures
{
    /// <summary>Waits until the pictures of a kind are drawn.</summary>
    public static Task DrawnAsync(IPage page, string kind) => PictureAsync(page, kind, "picture.drawings > 0");

    /// <summary>Waits until a condition over the first picture of a kind holds. In it: <c>picture</c>.</summary>
    public static Task PictureAsync(IPage page, string kind, string condition) => page.WaitForFunctionAsync($$"""
        (kind) => {
          const picture = document.querySelector(`[data-kind=${kind}] .landscape-plot`)?.lossboardLandscape;
          return Boolean(picture?.model && ({{condition}}));
        }
        """, kind);

    /// <summary>True where a good part of the picture is in a colour and not grey.</summary>
    public static Task<bool> ColouredAsync(IPage page, string kind) => page.EvaluateAsync<bool>("""
        (kind) => {
          const canvas = document.querySelector(`[data-kind=${kind}] canvas`);
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let coloured = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 128 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 24) coloured++;
          return coloured > 300;
        }
        """, kind);
}
