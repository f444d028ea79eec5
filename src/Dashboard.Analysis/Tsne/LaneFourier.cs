namespace Dashboard.Analysis;

/// <summary>
/// The discrete Fourier transform of as many complex sequences at once as a vector has lanes, in place: element k is the real parts of all of them, then the imaginary ones.
/// </summary>
/// <remarks>
/// Mixed radices 4, 2, 3 and 5, decimated in frequency on the way there and in time on the way back [Cooley and Tukey 1965; Gentleman and Sande 1966].
/// Frequencies come out in the order of reversed digits and are taken in that order: a convolution does not care, and nothing is ever reordered.
/// The way back is the way there with real and imaginary parts exchanged, and without a factor 1/length.
/// </remarks>
internal sealed unsafe class LaneFourier<T>
    where T : unmanaged, IWide<T>
{
    /// <summary>Floats from one element to the next.</summary>
    public static readonly int Stride = 2 * T.Count;

    private readonly List<Stage> _stages = [];

    public LaneFourier(int length)
    {
        Length = length;
        for (var block = length; block > 1;)
        {
            var radix = block % 4 == 0 ? 4 : block % 2 == 0 ? 2 : block % 3 == 0 ? 3 : 5;
            if (block % radix != 0) throw new ArgumentException($"{length} has other prime factors than 2, 3 and 5.", nameof(length));
            _stages.Add(new Stage(radix, block / radix));
            block /= radix;
        }
        Frequencies = new int[length];
        for (var place = 0; place < length; place++)
        {
            var (rest, weight) = (place, 1);
            foreach (var stage in _stages)
            {
                Frequencies[place] += weight * (rest / stage.Span);
                rest %= stage.Span;
                weight *= stage.Radix;
            }
        }
    }

    public int Length { get; }

    /// <summary>The frequency at each place of a transform.</summary>
    public int[] Frequencies { get; }

    /// <summary>The shortest length of at least this many for which there is a transform: a multiple of eight.</summary>
    public static int LengthFor(int least)
    {
        for (var length = (Math.Max(least, 8) + 7) / 8 * 8; ; length += 8)
        {
            var rest = length;
            foreach (var prime in (ReadOnlySpan<int>)[2, 3, 5])
            {
                while (rest % prime == 0) rest /= prime;
            }
            if (rest == 1) return length;
        }
    }

    public void Forward(float* data)
    {
        foreach (var stage in _stages)
        {
            for (var first = 0; first < Length; first += stage.Radix * stage.Span) stage.Run(data + (long)first * Stride, data + (long)first * Stride + T.Count, before: false);
        }
    }

    public void Inverse(float* data)
    {
        for (var at = _stages.Count - 1; at >= 0; at--)
        {
            var stage = _stages[at];
            for (var first = 0; first < Length; first += stage.Radix * stage.Span) stage.Run(data + (long)first * Stride + T.Count, data + (long)first * Stride, before: true);
        }
    }

    private sealed class Stage
    {
        private readonly AlignedArray<float> _factors;

        public Stage(int radix, int span)
        {
            (Radix, Span) = (radix, span);
            _factors = new AlignedArray<float>(2 * (radix - 1) * span);
            for (var at = 0; at < span; at++)
            {
                for (var part = 1; part < radix; part++)
                {
                    var (sine, cosine) = Math.SinCos(-2 * Math.PI * at * part / (radix * span));
                    var index = 2 * (at * (radix - 1) + part - 1);
                    (_factors.Span[index], _factors.Span[index + 1]) = ((float)cosine, (float)sine);
                }
            }
        }

        public int Radix { get; }

        public int Span { get; }

        /// <summary>Butterflies over a block, with the factors before them or after.</summary>
        public void Run(float* re, float* im, bool before)
        {
            var step = (long)Span * 2 * T.Count;
            switch (Radix)
            {
                case 2:
                    Two(re, im, step, _factors.Pointer, Span, before);
                    break;
                case 3:
                    Three(re, im, step, _factors.Pointer, Span, before);
                    break;
                case 4:
                    Four(re, im, step, _factors.Pointer, Span, before);
                    break;
                default:
                    Five(re, im, step, _factors.Pointer, Span, before);
                    break;
            }
        }

        private static void Two(float* re, float* im, long step, float* factor, int span, bool before)
        {
            for (var at = 0; at < span; at++, factor += 2, re += 2 * T.Count, im += 2 * T.Count)
            {
                T a = T.Load(re), ai = T.Load(im), b = T.Load(re + step), bi = T.Load(im + step);
                if (before) Lanes<T>.Turn(ref b, ref bi, factor);
                T d = a - b, di = ai - bi;
                if (!before) Lanes<T>.Turn(ref d, ref di, factor);
                (a + b).Store(re);
                (ai + bi).Store(im);
                d.Store(re + step);
                di.Store(im + step);
            }
        }

        private static void Three(float* re, float* im, long step, float* factor, int span, bool before)
        {
            T half = T.Of(-.5f), root = T.Of(.8660254037844386f);
            for (var at = 0; at < span; at++, factor += 4, re += 2 * T.Count, im += 2 * T.Count)
            {
                T a = T.Load(re), ai = T.Load(im), b = T.Load(re + step), bi = T.Load(im + step), c = T.Load(re + 2 * step), ci = T.Load(im + 2 * step);
                if (before)
                {
                    Lanes<T>.Turn(ref b, ref bi, factor);
                    Lanes<T>.Turn(ref c, ref ci, factor + 2);
                }
                T sum = b + c, sumi = bi + ci, turned = (bi - ci) * root, turnedi = (c - b) * root;
                T rest = T.MultiplyAdd(sum, half, a), resti = T.MultiplyAdd(sumi, half, ai);
                (a + sum).Store(re);
                (ai + sumi).Store(im);
                b = rest + turned;
                bi = resti + turnedi;
                c = rest - turned;
                ci = resti - turnedi;
                if (!before)
                {
                    Lanes<T>.Turn(ref b, ref bi, factor);
                    Lanes<T>.Turn(ref c, ref ci, factor + 2);
                }
                b.Store(re + step);
                bi.Store(im + step);
                c.Store(re + 2 * step);
                ci.Store(im + 2 * step);
            }
        }

        private static void Four(float* re, float* im, long step, float* factor, int span, bool before)
        {
            for (var at = 0; at < span; at++, factor += 6, re += 2 * T.Count, im += 2 * T.Count)
            {
                T a = T.Load(re), ai = T.Load(im), b = T.Load(re + step), bi = T.Load(im + step);
                T c = T.Load(re + 2 * step), ci = T.Load(im + 2 * step), d = T.Load(re + 3 * step), di = T.Load(im + 3 * step);
                if (before)
                {
                    Lanes<T>.Turn(ref b, ref bi, factor);
                    Lanes<T>.Turn(ref c, ref ci, factor + 2);
                    Lanes<T>.Turn(ref d, ref di, factor + 4);
                }
                T even = a + c, eveni = ai + ci, odd = b + d, oddi = bi + di;
                T less = a - c, lessi = ai - ci, turned = bi - di, turnedi = d - b;
                (even + odd).Store(re);
                (eveni + oddi).Store(im);
                b = less + turned;
                bi = lessi + turnedi;
                c = even - odd;
                ci = eveni - oddi;
                d = less - turned;
                di = lessi - turnedi;
                if (!before)
                {
                    Lanes<T>.Turn(ref b, ref bi, factor);
                    Lanes<T>.Turn(ref c, ref ci, factor + 2);
                    Lanes<T>.Turn(ref d, ref di, factor + 4);
                }
                b.Store(re + step);
                bi.Store(im + step);
                c.Store(re + 2 * step);
                ci.Store(im + 2 * step);
                d.Store(re + 3 * step);
                di.Store(im + 3 * step);
            }
        }

        private static void Five(float* re, float* im, long step, float* factor, int span, bool before)
        {
            T cosine = T.Of(.30901699437494745f), cosineTwo = T.Of(-.8090169943749475f), sine = T.Of(.9510565162951535f), sineTwo = T.Of(.5877852522924731f);
            for (var at = 0; at < span; at++, factor += 8, re += 2 * T.Count, im += 2 * T.Count)
            {
                T a = T.Load(re), ai = T.Load(im), b = T.Load(re + step), bi = T.Load(im + step), c = T.Load(re + 2 * step), ci = T.Load(im + 2 * step);
                T d = T.Load(re + 3 * step), di = T.Load(im + 3 * step), e = T.Load(re + 4 * step), ei = T.Load(im + 4 * step);
                if (before)
                {
                    Lanes<T>.Turn(ref b, ref bi, factor);
                    Lanes<T>.Turn(ref c, ref ci, factor + 2);
                    Lanes<T>.Turn(ref d, ref di, factor + 4);
                    Lanes<T>.Turn(ref e, ref ei, factor + 6);
                }
                T one = b + e, onei = bi + ei, two = c + d, twoi = ci + di, oneRest = b - e, oneResti = bi - ei, twoRest = c - d, twoResti = ci - di;
                (a + one + two).Store(re);
                (ai + onei + twoi).Store(im);
                T first = T.MultiplyAdd(one, cosine, T.MultiplyAdd(two, cosineTwo, a)), firsti = T.MultiplyAdd(onei, cosine, T.MultiplyAdd(twoi, cosineTwo, ai));
                T second = T.MultiplyAdd(one, cosineTwo, T.MultiplyAdd(two, cosine, a)), secondi = T.MultiplyAdd(onei, cosineTwo, T.MultiplyAdd(twoi, cosine, ai));
                // Times −i: the real part is the imaginary one, the imaginary part the real one with its sign changed.
                T left = T.MultiplyAdd(oneResti, sine, twoResti * sineTwo), lefti = -T.MultiplyAdd(oneRest, sine, twoRest * sineTwo);
                T right = oneResti * sineTwo - twoResti * sine, righti = twoRest * sine - oneRest * sineTwo;
                b = first + left;
                bi = firsti + lefti;
                c = second + right;
                ci = secondi + righti;
                d = second - right;
                di = secondi - righti;
                e = first - left;
                ei = firsti - lefti;
                if (!before)
                {
                    Lanes<T>.Turn(ref b, ref bi, factor);
                    Lanes<T>.Turn(ref c, ref ci, factor + 2);
                    Lanes<T>.Turn(ref d, ref di, factor + 4);
                    Lanes<T>.Turn(ref e, ref ei, factor + 6);
                }
                b.Store(re + step);
                bi.Store(im + step);
                c.Store(re + 2 * step);
                ci.Store(im + 2 * step);
                d.Store(re + 3 * step);
                di.Store(im + 3 * step);
                e.Store(re + 4 * step);
                ei.Store(im + 4 * step);
            }
        }
    }
}
