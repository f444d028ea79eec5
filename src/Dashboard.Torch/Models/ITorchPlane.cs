namespace Dashboard.Torch;

/// <summary>A <see cref="WeightPlane"/> on the model's device, shared by the model and its clones.</summary>
public interface ITorchPlane : IDisposable
{
    /// <summary>Whether the points computed last had their first layer from products that the whole plane shares.</summary>
    bool Factored => false;
}
