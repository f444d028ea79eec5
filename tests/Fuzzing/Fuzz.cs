using System.Diagnostics;
using System.Globalization;

namespace Dashboard.Fuzzing;

/// <summary>
/// Reads a fixed corpus and what a seeded mutator makes of it, for a fixed time: no crash, no hang, no memory past the cap, and no exception but the declared ones.
/// <c>LOSSBOARD_LONG=1</c> goes on for a minute a decoder.
/// </summary>
internal static class Fuzz
{

    // Processor time, so that a busy machine tries as much.
    private static readonly TimeSpan Budget = LongForm.On ? TimeSpan.FromSeconds(60) : TimeSpan.FromMilliseconds(250);

    // Inputs have some kilobytes: this is a thousand times what one takes.
    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(2);

    // A machine under load; nothing that ends comes near.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    /// <summary>Attacks a decoder.</summary>
    /// <returns>How many inputs were read.</returns>
    public static int Run(FuzzCase subject, int seed = 20)
    {
        byte[] current = [];
        var (tried, began, failure) = (0, Stopwatch.GetTimestamp(), (Exception?)null);
        var thread = new Thread(() =>
        {
            try
            {
                foreach (var input in Inputs(subject, seed))
                {
                    Volatile.Write(ref current, input);
                    Volatile.Write(ref began, Stopwatch.GetTimestamp());
                    One(subject, input);
                    Volatile.Write(ref tried, tried + 1);
                }
            }
#pragma warning disable CA1031 // Told by the thread that waits.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = e;
            }
        })
        { IsBackground = true, Name = subject.Name };
        thread.Start();
        while (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref began)) > Hang) Assert.Fail($"{subject.Name} does not end: {Shown(Volatile.Read(ref current))}");
        }
        if (failure is not null) Assert.Fail($"{subject.Name}, input {tried}: {failure}\n{Shown(current)}");
        return tried;
    }

    private static IEnumerable<byte[]> Inputs(FuzzCase subject, int seed)
    {
        foreach (var sound in subject.Corpus) yield return sound;
        var mutator = new Mutator(seed, subject.Corpus, subject.Words);
        var spent = ThreadTime();
        // Asked for once in a while: the clock costs as much as a small input.
        for (var turn = 0; turn % 64 != 0 || ThreadTime() - spent < Budget; turn++)
        {
            var input = mutator.Next();
            yield return subject.Seal is { } seal && turn % 4 != 0 ? seal(input) : input;
        }
    }

    private static void One(FuzzCase subject, byte[] input)
    {
        var (bytes, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        Read(subject, input);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Assert.True(allocated <= subject.MostBytes, string.Create(CultureInfo.InvariantCulture, $"It allocated {allocated >> 20} MiB for {input.Length} bytes."));
        if (Stopwatch.GetElapsedTime(began) < LongestInput) return;
        // It may have waited for others: read again, by the clock of this thread.
        var spent = ThreadTime();
        Read(subject, input);
        var took = ThreadTime() - spent;
        Assert.True(took < LongestInput, string.Create(CultureInfo.InvariantCulture, $"It took {took.TotalSeconds:0.0} s of processor time."));
    }

    private static void Read(FuzzCase subject, byte[] input)
    {
        try
        {
            subject.Decode(input);
        }
        catch (Exception refusal) when (subject.Declared.Any(type => type.IsInstanceOfType(refusal)))
        {
            Assert.True(refusal.Message.Length <= subject.LongestMessage, $"The refusal has {refusal.Message.Length} characters: {refusal.Message[..Math.Min(200, refusal.Message.Length)]}…");
        }
    }

    /// <summary>Processor time of this thread alone: the kernel counts in nanoseconds.</summary>
    private static TimeSpan ThreadTime() =>
        TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1000.0);

    private static string Shown(byte[] input) =>
        $"{input.Length} bytes, {(input.Length > 1500 ? "the first 1,500 " : "")}in base64: {Convert.ToBase64String(input.AsSpan(0, Math.Min(input.Length, 1500)))}";
}
