namespace Dashboard.Storage.Tests;

/// <summary>How much a test does: what is enough every day, or what is asked for once (<c>LOSSBOARD_LONG=1</c>, set by <c>./test.sh --long</c>).</summary>
internal static class LongForm
{
    public static int Of(int @short, int @long) => Environment.GetEnvironmentVariable("LOSSBOARD_LONG") == "1" ? @long : @short;
}
