using Dashboard.Tensors;

namespace Dashboard.Torch;

/// <summary>Weights and directions from safetensors files, by the names that the module gives its parameters.</summary>
public static class WeightFile
{
    // What wrappers of a module put before the names in its state: data parallelism and compilation.
    private static readonly string[] Prefixes = ["", "module.", "_orig_mod."];

    /// <summary>Reads a checkpoint: every parameter of the model, and its buffers as far as the file has them (the others stay as the model has them now).</summary>
    /// <exception cref="TorchInputException">A parameter is missing, has another shape, or the file has floating-point tensors that the model does not know.</exception>
    public static TorchWeights ReadCheckpoint(string path, ITorchModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var file = SafetensorsFile.Open(path);
        var prefix = Prefixes.FirstOrDefault(candidate => model.Parameters.Any(parameter => Find(file, parameter, candidate) is not null)) ?? "";
        var weights = model.Read();
        foreach (var parameter in model.Parameters)
        {
            var name = Find(file, parameter, prefix) ??
                throw new TorchInputException($"The checkpoint has no tensor for the parameter '{parameter.Name}'. It has: {Some(file.Tensors.Keys)}.");
            Copy(file, name, parameter, weights.Parameters);
        }
        foreach (var buffer in model.Buffers)
        {
            if (Find(file, buffer, prefix) is { } name) Copy(file, name, buffer, weights.Buffers);
        }
        RefuseStrangers(file, model, prefix, "checkpoint");
        return weights;
    }

    /// <summary>Reads a direction: a tensor for each parameter; one that is absent is zero. Used as it is.</summary>
    /// <exception cref="TorchInputException">A tensor has another shape than its parameter, or belongs to none.</exception>
    public static double[] ReadDirection(string path, ITorchModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var file = SafetensorsFile.Open(path);
        var direction = new double[model.ParameterCount];
        foreach (var parameter in model.Parameters)
        {
            if (Find(file, parameter, "") is { } name) Copy(file, name, parameter, direction);
        }
        RefuseStrangers(file, model, "", "direction");
        return direction;
    }

    private static string? Find(SafetensorsFile file, TorchParameter parameter, string prefix) =>
        parameter.Aliases.Prepend(parameter.Name).Select(name => prefix + name).FirstOrDefault(file.Tensors.ContainsKey);

    private static void Copy(SafetensorsFile file, string name, TorchParameter parameter, double[] destination)
    {
        var shape = file.Tensors[name].Shape;
        if (!shape.SequenceEqual(parameter.Shape))
            throw new TorchInputException($"The tensor '{name}' has the shape [{string.Join(", ", shape)}] where the module has [{string.Join(", ", parameter.Shape)}].");
        file.Read(name).CopyTo(destination.AsSpan(parameter.Offset, parameter.Count));
    }

    private static void RefuseStrangers(SafetensorsFile file, ITorchModel model, string prefix, string what)
    {
        var known = model.Parameters.Concat(model.Buffers).SelectMany(item => item.Aliases.Prepend(item.Name)).Select(name => prefix + name).ToHashSet(StringComparer.Ordinal);
        // Integer tensors are counters and tables, which a module keeps as it has them.
        var strange = file.Tensors.Where(tensor => tensor.Value.Type <= TensorType.BFloat16 && !known.Contains(tensor.Key)).Select(tensor => tensor.Key).ToList();
        if (strange.Count > 0) throw new TorchInputException($"The {what} has tensors that the module does not know: {Some(strange)}.");
    }

    private static string Some(IEnumerable<string> names)
    {
        var first = names.Take(6).ToList();
        return first.Count < 6 ? string.Join(", ", first) : string.Join(", ", first.Take(5)) + ", …";
    }
}
