using System.Globalization;

namespace Dashboard.Server;

/// <summary>The header that names the last commit an answer is sure to hold; a live subscription goes on from it.</summary>
internal static class SeqHeader
{
    public const string Name = "Lossboard-Seq";

    /// <summary>Sets it. <paramref name="seq"/> has to be read before what is answered.</summary>
    public static void Set(HttpResponse response, long seq) => response.Headers[Name] = seq.ToString(CultureInfo.InvariantCulture);
}
