namespace Dashboard.Torch;

/// <summary>A module inside a model.</summary>
/// <param name="Name">Its name, as <c>named_modules</c> gives it.</param>
/// <param name="Type">Its class; empty where it has no name.</param>
/// <param name="IsLeaf">Whether it has no modules inside it.</param>
public sealed record TorchModule(string Name, string Type, bool IsLeaf);
