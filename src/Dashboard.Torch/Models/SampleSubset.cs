using Dashboard.Tensors;

namespace Dashboard.Torch;

/// <summary>Part of a batch, for a preview. One seed gives one part on every machine, and a smaller part is within a larger one.</summary>
public static class SampleSubset
{
    /// <summary>Chooses samples: those that come first when a seed shuffles all of them.</summary>
    /// <param name="samples">How many there are.</param>
    /// <param name="count">How many are wanted; all of them where there are no more.</param>
    /// <param name="seed">Chooses which.</param>
    /// <returns>Their numbers, rising.</returns>
    public static IReadOnlyList<int> Choose(int samples, int count, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count >= samples) return [.. Enumerable.Range(0, samples)];
        var places = new ulong[samples];
        var numbers = new int[samples];
        for (var i = 0; i < samples; i++) (places[i], numbers[i]) = (SeededNormal.Hash(seed, (ulong)i), i);
        // Different numbers never have the same hash: it is one to one.
        Array.Sort(places, numbers);
        var chosen = numbers[..count];
        Array.Sort(chosen);
        return chosen;
    }

    /// <summary>Copies samples of a tensor that has them along its first dimension.</summary>
    /// <exception cref="TorchInputException">It has no dimension, or no such sample.</exception>
    public static TensorData Take(this TensorData tensor, IReadOnlyList<int> samples)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(samples);
        if (tensor.Shape.Count == 0) throw new TorchInputException("A single number has no samples to choose from.");
        var size = tensor.Shape[0] == 0 ? 0 : (int)(tensor.Bytes.LongLength / tensor.Shape[0]);
        var bytes = new byte[(long)size * samples.Count];
        for (var i = 0; i < samples.Count; i++)
        {
            if (samples[i] < 0 || samples[i] >= tensor.Shape[0]) throw new TorchInputException($"There is no sample {samples[i]} among {tensor.Shape[0]}.");
            tensor.Bytes.AsSpan((int)((long)samples[i] * size), size).CopyTo(bytes.AsSpan(i * size));
        }
        return tensor with { Shape = [samples.Count, .. tensor.Shape.Skip(1)], Bytes = bytes };
    }
}
