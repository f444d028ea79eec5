using Dashboard.Tensors;

namespace Dashboard.Torch;

/// <summary>
/// A module in evaluation mode. Used by one thread at a time; each call computes on the thread that makes it, so that several cores are used by several clones.
/// All calls throw <see cref="TorchInputException"/> for what does not fit together, <see cref="TorchOutOfMemoryException"/>, and <see cref="TorchException"/> for what
/// libtorch refuses; a cancelled one stops before the next micro-batch with <see cref="OperationCanceledException"/>.
/// </summary>
public interface ITorchModel : IDisposable
{
    /// <summary>Float32 or Float64: what the model computes in.</summary>
    TensorType Type { get; }

    /// <summary>Where it computes.</summary>
    string Device { get; }

    /// <summary>Parameters in the order of <c>named_parameters</c>; a shared one once.</summary>
    IReadOnlyList<TorchParameter> Parameters { get; }

    /// <summary>Floating-point buffers.</summary>
    IReadOnlyList<TorchParameter> Buffers { get; }

    /// <summary>Modules inside the model, in the order of <c>named_modules</c>.</summary>
    IReadOnlyList<TorchModule> Modules { get; }

    /// <summary>Length of the flat vector of parameters.</summary>
    int ParameterCount { get; }

    /// <summary>Length of the flat vector of buffers.</summary>
    int BufferCount { get; }

    /// <summary>Copies the weights out.</summary>
    TorchWeights Read();

    /// <summary>Moves the model to these weights.</summary>
    void Write(TorchWeights weights);

    /// <summary>A model of its own with equal weights, for another thread.</summary>
    ITorchModel Clone();

    /// <summary>Runs one micro-batch to see whether module, batch and objective fit together.</summary>
    /// <returns>Whether the targets are classes, so that there is an accuracy.</returns>
    bool Check(ITorchBatch batch, Objective objective);

    /// <summary>The loss where the model stands.</summary>
    LossValue Evaluate(ITorchBatch batch, Objective objective, CancellationToken cancellation = default);

    /// <summary>Puts a plane on the model's device.</summary>
    ITorchPlane CreatePlane(WeightPlane plane);

    /// <summary>Losses at points of a plane, in one call. The model stands afterwards where it stood before.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="plane">From this model or one it was cloned from.</param>
    /// <param name="objective">What is computed.</param>
    /// <param name="coordinates">Pairs a, b.</param>
    /// <param name="loss">One a point.</param>
    /// <param name="accuracy">One a point, NaN where the targets are no classes; empty where it is not wanted.</param>
    /// <param name="progress">Called with the number of points done, after each.</param>
    /// <param name="cancellation">Stops it.</param>
    void EvaluateTile(
        ITorchBatch batch, ITorchPlane plane, Objective objective, ReadOnlySpan<double> coordinates, Span<double> loss, Span<double> accuracy,
        Action<int>? progress = null, CancellationToken cancellation = default);

    /// <summary>The gradient where the model stands.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="objective">What is differentiated.</param>
    /// <param name="gradient">As long as <see cref="ParameterCount"/>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The loss.</returns>
    double Gradient(ITorchBatch batch, Objective objective, Span<double> gradient, CancellationToken cancellation = default);

    /// <summary>Products with the Hessian where the model stands. The model must not be moved while this is open.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="objective">Whose Hessian; the <c>L1</c> term has none.</param>
    /// <param name="keepBytes">Memory for graphs that are kept between products; what does not fit is computed anew each time.</param>
    /// <param name="cancellation">Stops the preparation.</param>
    IHessian OpenHessian(ITorchBatch batch, Objective objective, long keepBytes = 1L << 30, CancellationToken cancellation = default);

    /// <summary>Opens what a module inside the model gives out, at the last of its calls.</summary>
    /// <param name="batch">The samples; targets go in only where forward takes them.</param>
    /// <param name="module">Name as in <c>named_modules</c>; null for the model's own output.</param>
    /// <param name="batchSize">Samples that go through the module at once, at the most.</param>
    /// <param name="cancellation">Stops the preparation.</param>
    /// <exception cref="TorchInputException">There is no such module (the message lists those there are), forward does not surely call it, or it gives out something else than one tensor with a row a sample.</exception>
    ITorchActivations OpenActivations(ITorchBatch batch, string? module = null, int batchSize = 256, CancellationToken cancellation = default);

    /// <summary>|∂ output/∂ input| for each sample of a batch, where the model stands. Outputs that have further dimensions are added up along them.</summary>
    /// <param name="batch">The samples; the inputs are fractions.</param>
    /// <param name="targets">Which output of each sample, from 0; −1 for its largest, which is then written there.</param>
    /// <param name="maps">As many numbers as the inputs have.</param>
    /// <param name="batchSize">Samples that go through the module at once, at the most.</param>
    /// <param name="cancellation">Stops it before the next micro-batch.</param>
    /// <exception cref="TorchInputException">There is no such output, or the inputs are whole numbers, which have no derivative.</exception>
    SaliencyValues Saliency(ITorchBatch batch, long[] targets, float[] maps, int batchSize = 256, CancellationToken cancellation = default);
}
