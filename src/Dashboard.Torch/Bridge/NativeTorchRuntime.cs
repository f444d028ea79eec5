using System.Text.Json;
using Dashboard.Tensors;

namespace Dashboard.Torch;

/// <summary>libtorch through the bridge.</summary>
internal sealed unsafe class NativeTorchRuntime : ITorchRuntime
{
    public NativeTorchRuntime()
    {
        var error = stackalloc byte[NativeError.Size];
        NativeError.Check(NativeMethods.Initialise(error, NativeError.Size), error);
        Info = ReadInfo();
    }

    public TorchRuntimeInfo Info { get; }

    public ITorchModel LoadModel(string path, string device = "cpu")
    {
        if (!File.Exists(path)) throw new TorchInputException($"There is no file {path}.");
        var error = stackalloc byte[NativeError.Size];
        NativeError.Check(NativeMethods.ModelLoad(path, device, out var handle, error, NativeError.Size), error);
        return new NativeTorchModel(handle);
    }

    public ITorchBatch CreateBatch(TensorData inputs, TensorData? targets, TensorData? weights, string device = "cpu")
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var error = stackalloc byte[NativeError.Size];
        using var x = new PinnedTensor(inputs);
        using var y = targets is null ? null : new PinnedTensor(targets);
        using var w = weights is null ? null : new PinnedTensor(weights);
        var tensors = stackalloc NativeTensor[3];
        tensors[0] = x.Native;
        if (y is not null) tensors[1] = y.Native;
        if (w is not null) tensors[2] = w.Native;
        var status = NativeMethods.BatchCreate(
            tensors, y is null ? null : tensors + 1, w is null ? null : tensors + 2, device, out var handle, error, NativeError.Size);
        NativeError.Check(status, error);
        return new NativeTorchBatch(handle, inputs.Shape[0]);
    }

    /// <summary>Asks for a text of unknown length: once for its size, once for itself.</summary>
    internal delegate int Describe(byte* text, long size, long* needed, byte* error, long errorSize);

    internal static JsonDocument ReadJson(Describe describe)
    {
        var error = stackalloc byte[NativeError.Size];
        long needed;
        NativeError.Check(describe(null, 0, &needed, error, NativeError.Size), error);
        var text = new byte[needed];
        fixed (byte* pinned = text) NativeError.Check(describe(pinned, needed, &needed, error, NativeError.Size), error);
        return JsonDocument.Parse(text.AsMemory(0, text.Length - 1));
    }

    private static TorchRuntimeInfo ReadInfo()
    {
        using var json = ReadJson(NativeMethods.DescribeRuntime);
        var root = json.RootElement;
        var blas = root.GetProperty("blas").GetString()!;
        var devices = new List<string> { "cpu" };
        for (var gpu = 0; gpu < root.GetProperty("gpus").GetInt32(); gpu++) devices.Add($"cuda:{gpu}");
        var warning = blas == "reference"
            ? "OpenBLAS is missing: matrix products run up to 28 times slower without it. apt-get install libopenblas0-pthread, then start again."
            : null;
        return new TorchRuntimeInfo(root.GetProperty("version").GetString()!, blas, devices, 1, warning);
    }

    private sealed class PinnedTensor : IDisposable
    {
        private System.Buffers.MemoryHandle _data;
        private System.Buffers.MemoryHandle _shape;

        public PinnedTensor(TensorData tensor)
        {
            if (tensor.Bytes.LongLength != tensor.Count * TensorData.SizeOf(tensor.Type))
                throw new TorchInputException($"A tensor of shape [{string.Join(", ", tensor.Shape)}] and type {tensor.Type} does not have {tensor.Bytes.LongLength} bytes.");
            if (tensor.Count == 0) throw new TorchInputException("A tensor of a batch is empty.");
            _data = tensor.Bytes.AsMemory().Pin();
            _shape = tensor.Shape.ToArray().AsMemory().Pin();
            Native = new NativeTensor { Data = _data.Pointer, Shape = (long*)_shape.Pointer, Rank = tensor.Shape.Count, Type = (int)tensor.Type };
        }

        public NativeTensor Native { get; }

        public void Dispose()
        {
            _data.Dispose();
            _shape.Dispose();
        }
    }
}
