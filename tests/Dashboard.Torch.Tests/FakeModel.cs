using Dashboard.Tensors;

namespace Dashboard.Torch.Tests;

/// <summary>Only the shapes of a module, for what needs no libtorch.</summary>
internal sealed class FakeModel : ITorchModel
{
    public FakeModel(params (string Name, long[] Shape)[] parameters)
    {
        var list = new List<TorchParameter>();
        var offset = 0;
        foreach (var (name, shape) in parameters)
        {
            var count = (int)shape.Aggregate(1L, (product, size) => product * size);
            list.Add(new TorchParameter(name, [], shape, offset, count));
            offset += count;
        }
        Parameters = list;
        ParameterCount = offset;
    }

    public TensorType Type => TensorType.Float32;

    public string Device => "cpu";

    public IReadOnlyList<TorchParameter> Parameters { get; }

    public IReadOnlyList<TorchParameter> Buffers => [];

    public IReadOnlyList<TorchModule> Modules => [];

    public int ParameterCount { get; }

    public int BufferCount => 0;

    public TorchWeights Read() => new(new double[ParameterCount], []);

    public void Write(TorchWeights weights) => throw new NotSupportedException();

    public ITorchModel Clone() => throw new NotSupportedException();

    public bool Check(ITorchBatch batch, Objective objective) => throw new NotSupportedException();

    public LossValue Evaluate(ITorchBatch batch, Objective objective, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ITorchPlane CreatePlane(WeightPlane plane) => throw new NotSupportedException();

    public void EvaluateTile(
        ITorchBatch batch, ITorchPlane plane, Objective objective, ReadOnlySpan<double> coordinates, Span<double> loss, Span<double> accuracy,
        Action<int>? progress = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public double Gradient(ITorchBatch batch, Objective objective, Span<double> gradient, CancellationToken cancellation = default) => throw new NotSupportedException();

    public IHessian OpenHessian(ITorchBatch batch, Objective objective, long keepBytes, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ITorchActivations OpenActivations(ITorchBatch batch, string? module, int batchSize, CancellationToken cancellation) => throw new NotSupportedException();

    public SaliencyValues Saliency(ITorchBatch batch, long[] targets, float[] maps, int batchSize, CancellationToken cancellation) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
