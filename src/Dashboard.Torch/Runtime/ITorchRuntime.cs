using Dashboard.Tensors;

namespace Dashboard.Torch;

/// <summary>A loaded libtorch. Everything that computes on modules goes through this and the interfaces it hands out.</summary>
public interface ITorchRuntime
{
    /// <summary>What computes.</summary>
    TorchRuntimeInfo Info { get; }

    /// <summary>
    /// Loads a TorchScript module and sets it to evaluation. Its code may run while it is loaded: untrusted files belong into a process without rights.
    /// Half-precision parameters become float32; a module whose parameters are all float64 is computed in float64.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="device">One of <see cref="TorchRuntimeInfo.Devices"/>.</param>
    /// <exception cref="TorchInputException">Not a module, a frozen one, or one whose parameters cannot be moved one by one.</exception>
    ITorchModel LoadModel(string path, string device = "cpu");

    /// <summary>Puts samples on a device. The tensors' memory is copied.</summary>
    /// <param name="inputs">Samples along the first dimension.</param>
    /// <param name="targets">As many; null where the module returns its loss itself.</param>
    /// <param name="weights">One number a sample, not negative; null for equal weights.</param>
    /// <param name="device">As the model's.</param>
    /// <exception cref="TorchInputException">Shapes that do not belong together, or weights that are no weights.</exception>
    ITorchBatch CreateBatch(TensorData inputs, TensorData? targets, TensorData? weights, string device = "cpu");
}
