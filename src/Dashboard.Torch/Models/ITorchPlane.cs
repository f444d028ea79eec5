namespace Dashboard.Torch;

/// <summary>A <see cref="WeightPlane"/> on the model's device, shared by the model and its clones.</summary>
public interface ITorchPlane : IDisposable;
