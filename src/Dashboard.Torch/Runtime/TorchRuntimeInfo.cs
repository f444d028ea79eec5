namespace Dashboard.Torch;

/// <summary>What computes.</summary>
/// <param name="Version">Version of libtorch.</param>
/// <param name="Blas">The library of matrix products, as it names itself.</param>
/// <param name="Devices">Names that <see cref="ITorchRuntime.LoadModel"/> takes: <c>cpu</c>, then <c>cuda:0</c> and so on.</param>
/// <param name="Threads">Threads that one call uses: one. More cores are used by more callers, each with a clone of the model.</param>
/// <param name="Warning">What makes this installation slow, with the way out; null where nothing does.</param>
public sealed record TorchRuntimeInfo(string Version, string Blas, IReadOnlyList<string> Devices, int Threads, string? Warning);
