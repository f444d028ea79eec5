namespace Dashboard.Faults.Tests;

/// <summary>Whether tests take the size that the pass criteria name (<c>LOSSBOARD_LONG=1</c>, <c>./test.sh --long</c>) or the one that fits into every run of the suite.</summary>
internal static class LongForm
{
    public static bool On { get; } = Environment.GetEnvironmentVariable("LOSSBOARD_LONG") == "1";

    public static T Of<T>(T @short, T @long) => On ? @long : @short;
}
