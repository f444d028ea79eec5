namespace Dashboard;

/// <summary>Whether tests take the size that the documents give figures for (<c>LOSSBOARD_LONG=1</c>, <c>./test.sh --long</c>) or the one that fits into every run of the suite.</summary>
internal static class LongForm
{
    public static bool On { get; } = Environment.GetEnvironmentVariable("LOSSBOARD_LONG") == "1";

    public static T Of<T>(T @short, T @long) => On ? @long : @short;
}
