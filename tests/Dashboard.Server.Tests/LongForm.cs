namespace Dashboard.Server.Tests;

/// <summary>Sizes of tests that also have a long form, which <c>LOSSBOARD_LONG=1</c> asks for.</summary>
internal static class LongForm
{
    private static readonly bool IsAsked = Environment.GetEnvironmentVariable("LOSSBOARD_LONG") == "1";

    public static int Of(int @short, int @long) => IsAsked ? @long : @short;
}
