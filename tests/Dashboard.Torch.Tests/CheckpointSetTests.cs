using System.Text;

namespace Dashboard.Torch.Tests;

public sealed class CheckpointSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-checkpoints-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (string Name, string Path) Save(string name, params (string Tensor, double[] Values)[] tensors)
    {
        var offset = 0;
        var header = "{" + string.Join(",", tensors.Select(tensor =>
        {
            var text = $"\"{tensor.Tensor}\":{{\"dtype\":\"F64\",\"shape\":[{tensor.Values.Length}],\"data_offsets\":[{offset},{offset + 8 * tensor.Values.Length}]}}";
            offset += 8 * tensor.Values.Length;
            return text;
        })) + "}";
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.ASCII.GetBytes(header), .. tensors.SelectMany(tensor => tensor.Values.SelectMany(BitConverter.GetBytes))]);
        return (name, path);
    }

    [Fact]
    public void Circle_IsExplainedByTwoEqualDirections()
    {
        const int count = 12;
        var set = new CheckpointSet([.. Enumerable.Range(0, count).Select(i => Save($"{i}", ("b", [3, 100 + Math.Sin(2 * Math.PI * i / count)]), ("a", [Math.Cos(2 * Math.PI * i / count)])))]);

        var distances = CheckpointDistances.Measure(set, 2);
        var pca = WeightPca.Of(distances.Gram);

        // Weights around 100 in float64: 1e-14 of rounding, squared sums of twelve.
        Assert.Equal(0.5, pca.ExplainedVariance[0], 1e-10);
        Assert.Equal(0.5, pca.ExplainedVariance[1], 1e-10);
        Assert.Equal(0, pca.ExplainedVariance[2], 1e-10);
        Assert.Equal(count - 1, pca.ExplainedVariance.Length);
        Assert.All(pca.Scores, row => Assert.Equal(1, Math.Sqrt(row[0] * row[0] + row[1] * row[1]), 1e-9));
        Assert.All(distances.StepNorms, step => Assert.Equal(2 * Math.Sin(Math.PI / count), step, 1e-9));
        Assert.Equal(2 * Math.Sin(Math.PI / count), distances.Displacement, 1e-9);
        Assert.Equal(Math.Sqrt(9 + 100 * 100 + 1), distances.Norms[0], 1e-9);
        // Scores keep the distances between the weights: opposite points are two apart.
        Assert.Equal(2, Math.Sqrt(pca.Scores[0].Zip(pca.Scores[6]).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second))), 1e-9);
        Assert.True(pca.Scores.MaxBy(row => Math.Abs(row[0]))![0] > 0);
    }

    [Fact]
    public void Statistics_OfBatchNorm_AreNoWeights()
    {
        var set = new CheckpointSet([Save("a", ("n.weight", [1]), ("n.running_mean", [50])), Save("b", ("n.weight", [2]), ("n.running_mean", [-50]))]);

        Assert.Equal((1, 1), (set.Columns, set.LeftOut));
        Assert.Equal(1, CheckpointDistances.Measure(set, 1).Displacement, 1e-12);
    }

    [Fact]
    public void Reading_InPieces_CrossesTensors()
    {
        var set = new CheckpointSet([Save("a", ("x", [1, 2, 3]), ("y", [4, 5]))]);
        var piece = new double[3];

        set.Read(0, 2, piece);

        Assert.Equal([3, 4, 5], piece);
    }

    [Fact]
    public void Checkpoints_OfTwoArchitectures_AreRefusedByName()
    {
        var first = Save("first", ("w", [1, 2]));

        Assert.Contains("'second' has no tensor 'w'", Assert.Throws<TorchInputException>(() => new CheckpointSet([first, Save("second", ("v", [1, 2]))])).Message, StringComparison.Ordinal);
        Assert.Contains("shape [3] in 'third'", Assert.Throws<TorchInputException>(() => new CheckpointSet([first, Save("third", ("w", [1, 2, 3]))])).Message, StringComparison.Ordinal);
        Assert.Contains("a tensor 'extra'", Assert.Throws<TorchInputException>(() => new CheckpointSet([first, Save("fourth", ("w", [1, 2]), ("extra", [1]))])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_ThatAreNotFinite_AreRefusedByName()
    {
        var set = new CheckpointSet([Save("a", ("w", [1])), Save("broken", ("w", [double.NaN]))]);

        Assert.Contains("'broken'", Assert.Throws<TorchInputException>(() => CheckpointDistances.Measure(set, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checkpoints_ThatAreTheSame_HaveNoDirections()
    {
        var set = new CheckpointSet([Save("a", ("w", [1, 2])), Save("b", ("w", [1, 2]))]);

        Assert.Throws<TorchInputException>(() => WeightPca.Of(CheckpointDistances.Measure(set, 1).Gram));
    }
}
