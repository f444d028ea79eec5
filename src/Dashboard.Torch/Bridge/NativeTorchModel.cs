using System.Text.Json;
using Dashboard.Tensors;

namespace Dashboard.Torch;

internal sealed unsafe class NativeTorchModel : ITorchModel
{
    private readonly ModelHandle _handle;

    public NativeTorchModel(ModelHandle handle)
    {
        _handle = handle;
        using var json = NativeTorchRuntime.ReadJson((text, size, needed, error, errorSize) => NativeMethods.ModelDescribe(handle, text, size, needed, error, errorSize));
        var root = json.RootElement;
        Type = root.GetProperty("type").GetString() == "float64" ? TensorType.Float64 : TensorType.Float32;
        Device = root.GetProperty("device").GetString()!;
        Parameters = ReadList(root.GetProperty("parameters"));
        Buffers = ReadList(root.GetProperty("buffers"));
        Modules = [.. root.GetProperty("modules").EnumerateArray().Select(item => new TorchModule(
            item.GetProperty("name").GetString()!, item.GetProperty("type").GetString()!, item.GetProperty("children").GetInt32() == 0))];
        ParameterCount = Parameters.Sum(parameter => parameter.Count);
        BufferCount = Buffers.Sum(buffer => buffer.Count);
    }

    private NativeTorchModel(ModelHandle handle, NativeTorchModel origin)
    {
        _handle = handle;
        Type = origin.Type;
        Device = origin.Device;
        Parameters = origin.Parameters;
        Buffers = origin.Buffers;
        Modules = origin.Modules;
        ParameterCount = origin.ParameterCount;
        BufferCount = origin.BufferCount;
    }

    public TensorType Type { get; }

    public string Device { get; }

    public IReadOnlyList<TorchParameter> Parameters { get; }

    public IReadOnlyList<TorchParameter> Buffers { get; }

    public IReadOnlyList<TorchModule> Modules { get; }

    public int ParameterCount { get; }

    public int BufferCount { get; }

    public TorchWeights Read()
    {
        var weights = new TorchWeights(new double[ParameterCount], new double[BufferCount]);
        var error = stackalloc byte[NativeError.Size];
        fixed (double* parameters = weights.Parameters)
        fixed (double* buffers = weights.Buffers)
            NativeError.Check(NativeMethods.ModelRead(_handle, parameters, ParameterCount, buffers, BufferCount, error, NativeError.Size), error);
        return weights;
    }

    public void Write(TorchWeights weights)
    {
        CheckLength(weights);
        var error = stackalloc byte[NativeError.Size];
        fixed (double* parameters = weights.Parameters)
        fixed (double* buffers = weights.Buffers)
            NativeError.Check(NativeMethods.ModelWrite(_handle, parameters, ParameterCount, buffers, BufferCount, error, NativeError.Size), error);
    }

    public ITorchModel Clone()
    {
        var error = stackalloc byte[NativeError.Size];
        NativeError.Check(NativeMethods.ModelClone(_handle, out var clone, error, NativeError.Size), error);
        return new NativeTorchModel(clone, this);
    }

    public bool Check(ITorchBatch batch, Objective objective)
    {
        var error = stackalloc byte[NativeError.Size];
        var native = NativeObjective.From(objective);
        int hasAccuracy;
        NativeError.Check(NativeMethods.Check(_handle, Handle(batch), &native, &hasAccuracy, error, NativeError.Size), error);
        return hasAccuracy != 0;
    }

    public LossValue Evaluate(ITorchBatch batch, Objective objective, CancellationToken cancellation = default)
    {
        var error = stackalloc byte[NativeError.Size];
        var native = NativeObjective.From(objective);
        using var call = new CallControl(cancellation);
        var control = call.Native;
        double loss, accuracy;
        NativeError.Check(NativeMethods.Evaluate(_handle, Handle(batch), &native, &loss, &accuracy, &control, error, NativeError.Size), error, cancellation);
        return new LossValue(loss, double.IsNaN(accuracy) ? null : accuracy);
    }

    public ITorchPlane CreatePlane(WeightPlane plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        CheckLength(plane.Origin);
        CheckLength(plane.X);
        if (plane.Y is not null) CheckLength(plane.Y);
        if (plane.BuffersAtX is not null && plane.BuffersAtX.Length != BufferCount)
            throw new TorchInputException($"There are {plane.BuffersAtX.Length} buffer values where the module has {BufferCount}.");
        var error = stackalloc byte[NativeError.Size];
        fixed (double* origin = plane.Origin.Parameters)
        fixed (double* x = plane.X)
        fixed (double* y = plane.Y)
        fixed (double* buffersOrigin = plane.Origin.Buffers)
        fixed (double* buffersX = plane.Interpolate ? plane.BuffersAtX : null)
        {
            var status = NativeMethods.PlaneCreate(
                _handle, origin, x, y, ParameterCount, buffersOrigin, buffersX, BufferCount, plane.Interpolate ? 1 : 0, out var handle, error, NativeError.Size);
            NativeError.Check(status, error);
            return new NativeTorchPlane(handle);
        }
    }

    public void EvaluateTile(
        ITorchBatch batch, ITorchPlane plane, Objective objective, ReadOnlySpan<double> coordinates, Span<double> loss, Span<double> accuracy,
        Action<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(coordinates.Length, 2 * loss.Length);
        if (!accuracy.IsEmpty) ArgumentOutOfRangeException.ThrowIfNotEqual(accuracy.Length, loss.Length);
        var error = stackalloc byte[NativeError.Size];
        var native = NativeObjective.From(objective);
        using var call = new CallControl(cancellation, progress);
        var control = call.Native;
        fixed (double* points = coordinates)
        fixed (double* losses = loss)
        fixed (double* accuracies = accuracy)
        {
            var status = NativeMethods.Tile(
                _handle, Handle(batch), ((NativeTorchPlane)plane).Handle, &native, points, loss.Length, losses, accuracies, &control, error, NativeError.Size);
            call.ThrowIfCallbackFailed();
            NativeError.Check(status, error, cancellation);
        }
    }

    public double Gradient(ITorchBatch batch, Objective objective, Span<double> gradient, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, ParameterCount);
        var error = stackalloc byte[NativeError.Size];
        var native = NativeObjective.From(objective);
        using var call = new CallControl(cancellation);
        var control = call.Native;
        double loss;
        fixed (double* values = gradient)
        {
            var status = NativeMethods.Gradient(_handle, Handle(batch), &native, &loss, values, ParameterCount, &control, error, NativeError.Size);
            NativeError.Check(status, error, cancellation);
        }
        return loss;
    }

    public IHessian OpenHessian(ITorchBatch batch, Objective objective, long keepBytes = 1L << 30, CancellationToken cancellation = default)
    {
        var error = stackalloc byte[NativeError.Size];
        var native = NativeObjective.From(objective);
        using var call = new CallControl(cancellation);
        var control = call.Native;
        var status = NativeMethods.HessianOpen(_handle, Handle(batch), &native, keepBytes, out var handle, &control, error, NativeError.Size);
        NativeError.Check(status, error, cancellation);
        handle.Hold(_handle);
        return new NativeHessian(handle, ParameterCount);
    }

    public ITorchActivations OpenActivations(ITorchBatch batch, string? module = null, int batchSize = 256, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var error = stackalloc byte[NativeError.Size];
        using var call = new CallControl(cancellation);
        var control = call.Native;
        var status = NativeMethods.ActivationsOpen(_handle, Handle(batch), module, batchSize, out var handle, out var columns, &control, error, NativeError.Size);
        NativeError.Check(status, error, cancellation);
        handle.Hold(_handle);
        return new NativeTorchActivations(handle, batch.Samples, checked((int)columns), NativeTorchActivations.ShapeOf(handle));
    }

    public SaliencyValues Saliency(ITorchBatch batch, long[] targets, float[] maps, int batchSize = 256, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentOutOfRangeException.ThrowIfNotEqual(targets.LongLength, batch.Samples);
        var error = stackalloc byte[NativeError.Size];
        using var call = new CallControl(cancellation);
        var control = call.Native;
        var (predicted, scores) = (new long[targets.Length], new double[targets.Length]);
        long outputs;
        fixed (long* wanted = targets)
        fixed (long* largest = predicted)
        fixed (double* values = scores)
        fixed (float* pinned = maps)
        {
            var status = NativeMethods.Saliency(_handle, Handle(batch), batchSize, wanted, largest, values, &outputs, pinned, maps.LongLength, &control, error, NativeError.Size);
            NativeError.Check(status, error, cancellation);
        }
        return new SaliencyValues(predicted, scores, checked((int)outputs));
    }

    public void Dispose() => _handle.Dispose();

    private static BatchHandle Handle(ITorchBatch batch) => ((NativeTorchBatch)batch).Handle;

    private void CheckLength(TorchWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        CheckLength(weights.Parameters);
        if (weights.Buffers.Length != BufferCount) throw new TorchInputException($"There are {weights.Buffers.Length} buffer values where the module has {BufferCount}.");
    }

    private void CheckLength(double[] vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (vector.Length != ParameterCount) throw new TorchInputException($"A vector has {vector.Length} numbers where the module has {ParameterCount} parameters.");
    }

    private static List<TorchParameter> ReadList(JsonElement list) =>
        [.. list.EnumerateArray().Select(item => new TorchParameter(
            item.GetProperty("name").GetString()!,
            [.. item.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()!)],
            [.. item.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())],
            item.GetProperty("offset").GetInt32(),
            item.GetProperty("count").GetInt32()))];
}
