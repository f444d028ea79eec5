using System.Runtime.CompilerServices;

namespace Dashboard.Analysis;

/// <summary>What is done with vectors of complex numbers on the way to and from a Fourier transform.</summary>
internal static unsafe class Lanes<T>
    where T : unmanaged, IWide<T>
{
    /// <summary>Times one complex number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(ref T re, ref T im, float* factor)
    {
        T cosine = T.Of(factor[0]), sine = T.Of(factor[1]);
        var turned = re * cosine - im * sine;
        im = T.MultiplyAdd(re, sine, im * cosine);
        re = turned;
    }

    /// <summary>Times its conjugate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnBack(ref T re, ref T im, float* factor)
    {
        T cosine = T.Of(factor[0]), sine = T.Of(factor[1]);
        var turned = T.MultiplyAdd(re, cosine, im * sine);
        im = im * cosine - re * sine;
        re = turned;
    }

    /// <summary>e^(−i·angle·k), real and imaginary parts in turn.</summary>
    public static AlignedArray<float> Turns(int length, double angle)
    {
        var turns = new AlignedArray<float>(2 * length);
        for (var at = 0; at < length; at++)
        {
            var (sine, cosine) = Math.SinCos(-angle * at);
            (turns.Span[2 * at], turns.Span[2 * at + 1]) = ((float)cosine, (float)sine);
        }
        return turns;
    }

    /// <summary>
    /// What a real line is turned by so that a complex transform of its own length convolves it as if it stood among zeros: it is the first half of a line of twice the length
    /// whose continuations change their sign, and frequencies 4k + 1 of such a line say everything, the others being their conjugates.
    /// </summary>
    public static AlignedArray<float> HalfTurns(int length) => Turns(length, Math.PI / (2 * length));

    /// <summary>The transform of an even real kernel for such lines, of which lags 0 to length − 1 are given as real parts.</summary>
    public static void HalfKernel(LaneFourier<T> fourier, float* kernel, float* turns)
    {
        var length = fourier.Length;
        T.Of(0).Store(kernel + T.Count);
        for (int at = 1, other = length - 1; at <= other; at++, other--)
        {
            T low = T.Load(kernel + at * 2 * T.Count), high = T.Load(kernel + other * 2 * T.Count), lowIm = high, highIm = low;
            Turn(ref low, ref lowIm, turns + 2 * at);
            Turn(ref high, ref highIm, turns + 2 * other);
            low.Store(kernel + at * 2 * T.Count);
            lowIm.Store(kernel + at * 2 * T.Count + T.Count);
            high.Store(kernel + other * 2 * T.Count);
            highIm.Store(kernel + other * 2 * T.Count + T.Count);
        }
        fourier.Forward(kernel);
    }
}
