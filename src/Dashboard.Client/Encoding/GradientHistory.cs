namespace Dashboard.Client;

/// <summary>The gradients and weights of the last call, and what the next ones say beside them. One caller at a time.</summary>
internal sealed class GradientHistory
{
    private readonly Dictionary<string, (float[] Gradient, float[] Weights)> _last = [];
    private readonly Lock _gate = new();

    /// <summary>Tags and values of one call; a cosine or a ratio that is no number is left out.</summary>
    /// <exception cref="ArgumentException">A parameter has another number of weights than of gradients.</exception>
    public List<(string Tag, double Value)> Next(IReadOnlyList<LossboardGradient> gradients)
    {
        lock (_gate)
        {
            var points = new List<(string, double)>(8 * gradients.Count + 5);
            var whole = new Sums();
            var (size, weighed, introduced) = (0L, false, false);
            for (var position = 0; position < gradients.Count; position++)
            {
                var (name, gradient, weights) = gradients[position];
                if (weights.Length > 0 && weights.Length != gradient.Length)
                    throw new ArgumentException($"\"{name}\" has {weights.Length} weights and {gradient.Length} numbers in its gradient; give as many, or no weights");
                var known = _last.TryGetValue(name, out var before);
                var sums = Sums.Of(gradient.Span, weights.Span, before.Gradient, before.Weights);
                _last[name] = (gradient.ToArray(), weights.ToArray());
                whole.Add(sums);
                size += gradient.Length;
                weighed |= weights.Length > 0;
                introduced |= !known;
                var root = $"gradients/{name}";
                if (!known)
                    points.AddRange([($"{root}/size", gradient.Length), ($"{root}/position", position)]);
                points.AddRange([
                    ($"{root}/norm", Math.Sqrt(sums.Square)), ($"{root}/zeros", gradient.Length == 0 ? 0 : sums.Zeros / (double)gradient.Length), ($"{root}/non_finite", sums.NonFinite)]);
                if (weights.Length > 0)
                    points.Add(($"weights/{name}/norm", Math.Sqrt(sums.WeightSquare)));
                AddPaired(points, root, sums);
            }

            points.Add(("gradients/norm", Math.Sqrt(whole.Square)));
            AddPaired(points, "gradients", whole);
            if (weighed)
                points.Add(("weights/norm", Math.Sqrt(whole.WeightSquare)));
            if (introduced)
                points.Add(("gradients/size", size));
            return points;
        }
    }

    private static void AddPaired(List<(string, double)> points, string root, Sums sums)
    {
        // Norms are multiplied, for the product of two squares overflows where a norm does not.
        Span<(string Tag, double Value)> pairs = [
            ("cosine", sums.Dot / (Math.Sqrt(sums.PairedSquare) * Math.Sqrt(sums.BeforeSquare))), ("update_ratio", Math.Sqrt(sums.DeltaSquare) / Math.Sqrt(sums.WeightBeforeSquare))];
        foreach (var (tag, value) in pairs)
        {
            if (double.IsFinite(value))
                points.Add(($"{root}/{tag}", value));
        }
    }

    /// <summary>Sums over the numbers of a parameter, or of several.</summary>
    private struct Sums
    {
        public double Square, PairedSquare, BeforeSquare, Dot, DeltaSquare, WeightSquare, WeightBeforeSquare;
        public long Zeros, NonFinite;

        public static Sums Of(ReadOnlySpan<float> gradient, ReadOnlySpan<float> weights, float[]? before, float[]? weightsBefore)
        {
            var sums = new Sums();
            foreach (var value in gradient)
            {
                sums.Square += (double)value * value;
                sums.Zeros += value == 0 ? 1 : 0;
                sums.NonFinite += float.IsFinite(value) ? 0 : 1;
            }

            foreach (var value in weights)
                sums.WeightSquare += (double)value * value;
            if (before?.Length == gradient.Length)
            {
                sums.PairedSquare = sums.Square;
                for (var i = 0; i < before.Length; i++)
                {
                    sums.BeforeSquare += (double)before[i] * before[i];
                    sums.Dot += (double)gradient[i] * before[i];
                }
            }

            if (weights.Length == 0 || weightsBefore?.Length != weights.Length)
                return sums;
            for (var i = 0; i < weights.Length; i++)
            {
                var delta = (double)weights[i] - weightsBefore[i];
                sums.DeltaSquare += delta * delta;
                sums.WeightBeforeSquare += (double)weightsBefore[i] * weightsBefore[i];
            }

            return sums;
        }

        public void Add(in Sums other)
        {
            Square += other.Square;
            PairedSquare += other.PairedSquare;
            BeforeSquare += other.BeforeSquare;
            Dot += other.Dot;
            DeltaSquare += other.DeltaSquare;
            WeightSquare += other.WeightSquare;
            WeightBeforeSquare += other.WeightBeforeSquare;
        }
    }
}
