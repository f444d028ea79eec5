namespace Dashboard.Analysis;

/// <summary>
/// Convolves sequences, one a lane, with an even kernel as if they stood among zeros: a sequence of length n is the mean of what it gives when it is continued n by n,
/// and of what it gives when each continuation changes its sign, because the copies that come round cancel. Two transforms of length n then do for one of 2n, in half the memory.
/// </summary>
internal sealed unsafe class LineConvolution<T>
    where T : unmanaged, IWide<T>
{
    private readonly AlignedArray<float> _turns;

    public LineConvolution(int length)
    {
        Fourier = new LaneFourier<T>(length);
        _turns = Lanes<T>.Turns(length, Math.PI / length);
        (Even, Odd) = (SplineWeights.Sharpening(Fourier.Frequencies, 1, 0), SplineWeights.Sharpening(Fourier.Frequencies, 2, 1));
    }

    public LaneFourier<T> Fourier { get; }

    public int Length => Fourier.Length;

    /// <summary>What undoes the splines' blur at each place of the transform, for lines that are continued as they are.</summary>
    public float[] Even { get; }

    /// <summary>The same for lines whose continuations change their sign.</summary>
    public float[] Odd { get; }

    /// <summary>Puts a line apart into what is transformed as it is and what is turned first, and transforms both.</summary>
    public void Forward(float* line, float* turned)
    {
        var turn = _turns.Pointer;
        for (var at = 0; at < Length; at++, turn += 2)
        {
            T re = T.Load(line + at * 2 * T.Count), im = T.Load(line + at * 2 * T.Count + T.Count);
            Lanes<T>.Turn(ref re, ref im, turn);
            re.Store(turned + at * 2 * T.Count);
            im.Store(turned + at * 2 * T.Count + T.Count);
        }
        Fourier.Forward(line);
        Fourier.Forward(turned);
    }

    /// <summary>Undoes that, into <paramref name="line"/>.</summary>
    public void Inverse(float* line, float* turned)
    {
        Fourier.Inverse(line);
        Fourier.Inverse(turned);
        var turn = _turns.Pointer;
        for (var at = 0; at < Length; at++, turn += 2)
        {
            T re = T.Load(turned + at * 2 * T.Count), im = T.Load(turned + at * 2 * T.Count + T.Count);
            Lanes<T>.TurnBack(ref re, ref im, turn);
            (re + T.Load(line + at * 2 * T.Count)).Store(line + at * 2 * T.Count);
            (im + T.Load(line + at * 2 * T.Count + T.Count)).Store(line + at * 2 * T.Count + T.Count);
        }
    }

    /// <summary>The whole convolution, with the kernel's two transforms: a vector an element.</summary>
    public void Run(float* line, float* turned, float* even, float* odd)
    {
        Forward(line, turned);
        Scale(line, even);
        Scale(turned, odd);
        Inverse(line, turned);
    }

    /// <summary>The transforms of even real kernels, of which lags 0 to length − 1 are given as real parts: real as well, and left in the real parts.</summary>
    public void Kernel(float* even, float* odd)
    {
        Fold(even, odd);
        var turn = _turns.Pointer;
        for (var at = 0; at < Length; at++, turn += 2)
        {
            T re = T.Load(odd + at * 2 * T.Count), im = T.Of(0);
            Lanes<T>.Turn(ref re, ref im, turn);
            re.Store(odd + at * 2 * T.Count);
            im.Store(odd + at * 2 * T.Count + T.Count);
        }
        Fourier.Forward(even);
        Fourier.Forward(odd);
    }

    private void Fold(float* even, float* odd)
    {
        T.Load(even).Store(odd);
        T.Of(0).Store(even + T.Count);
        for (int at = 1, other = Length - 1; at <= other; at++, other--)
        {
            T low = T.Load(even + at * 2 * T.Count), high = T.Load(even + other * 2 * T.Count), sum = low + high;
            sum.Store(even + at * 2 * T.Count);
            sum.Store(even + other * 2 * T.Count);
            (low - high).Store(odd + at * 2 * T.Count);
            (high - low).Store(odd + other * 2 * T.Count);
            T.Of(0).Store(even + at * 2 * T.Count + T.Count);
            T.Of(0).Store(even + other * 2 * T.Count + T.Count);
        }
    }

    private void Scale(float* line, float* factors)
    {
        for (var at = 0; at < Length; at++, line += 2 * T.Count, factors += T.Count)
        {
            var factor = T.Load(factors);
            (T.Load(line) * factor).Store(line);
            (T.Load(line + T.Count) * factor).Store(line + T.Count);
        }
    }
}
