using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Loss functions by their names on the wire.</summary>
internal static class Losses
{
    private static readonly Dictionary<string, LossKind> Kinds = new()
    {
        ["cross_entropy"] = LossKind.CrossEntropy,
        ["bce_with_logits"] = LossKind.BceWithLogits,
        ["mse"] = LossKind.Mse,
        ["l1"] = LossKind.L1,
        ["smooth_l1"] = LossKind.SmoothL1,
        ["hinge"] = LossKind.Hinge,
        ["nll"] = LossKind.Nll,
        ["output"] = LossKind.Output,
    };

    public static LossKind Named(string? name) =>
        name is not null && Kinds.TryGetValue(name, out var kind) ? kind : throw new TorchInputException($"loss: '{name}' is none of {string.Join(", ", LossNames.All)}.");
}
