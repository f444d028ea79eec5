using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Tensors;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>What the modules inside a model give out for a batch.</summary>
internal sealed class ActivationsJob(EngineContext context) : IEngineJob
{
    // Each module is a pass of its own over the batch.
    private const int MostUnasked = 64;

    public JsonElement Run()
    {
        var began = context.Time.GetTimestamp();
        var spec = context.Task.Spec.Deserialize(ContractsJson.Default.ActivationsSpec)!;
        using var model = PlacedModel.Load(context);
        var notes = new List<string>();
        var modules = Choose(model, spec.Modules, notes);
        context.Output.Progress(0, "Loading the batch", null);
        using var batch = Fields.Of("batch", () => context.Runtime.LoadBatch(context.PathOf(context.Task.Batch, "batch"), context.Task.Device));
        var samples = BatchInputs.Choose(spec.Samples, batch.Samples, 1);
        var reader = new ModuleReader(context, model, batch, samples, new BatchSize(spec.BatchSize, context.Task.Device, Note), NestedArrays.Most / modules.Count);
        var views = new List<ModuleActivations>();
        foreach (var module in modules)
        {
            var done = (double)views.Count / modules.Count;
            context.Output.Progress(done, $"Module {module.Name}", done > 0 ? context.Time.GetElapsedTime(began).TotalSeconds * (1 / done - 1) : null);
            views.Add(Of(reader, module));
        }
        if (views.TrueForAll(view => view.Why is not null)) throw new TorchInputException($"modules: none of them can be read. {views[0].Name}: {views[0].Why}");
        var view = new ActivationsView
        {
            Modules = views,
            Samples = samples,
            BatchSamples = batch.Samples,
            Notes = notes.Count == 0 ? null : [.. notes.Distinct()],
            Device = context.Task.Lane,
            Engine = context.Engine,
            Seconds = context.Time.GetElapsedTime(began).TotalSeconds,
        };
        return JsonSerializer.SerializeToElement(view, ContractsJson.Default.ActivationsView);

        void Note(string text)
        {
            notes.Add(text);
            context.Output.Note(text);
        }
    }

    private static IReadOnlyList<TorchModule> Choose(ITorchModel model, IReadOnlyList<string>? names, List<string> notes)
    {
        if (names is { Count: > 0 })
        {
            return [.. names.Select(name => model.Modules.FirstOrDefault(module => module.Name == name) ??
                throw new TorchInputException($"modules: the model has no module '{name}'; it has {Some(model.Modules)}."))];
        }
        var leaves = model.Modules.Where(module => module.IsLeaf).ToList();
        if (leaves.Count == 0) throw new TorchInputException("modules: the model has no modules inside it, so that there is nothing to look at but its output.");
        if (leaves.Count > MostUnasked) notes.Add($"The first {MostUnasked} of {leaves.Count} modules; name others to see them.");
        return leaves[..Math.Min(leaves.Count, MostUnasked)];
    }

    private static string Some(IReadOnlyList<TorchModule> modules) =>
        modules.Count == 0 ? "none" : string.Join(", ", modules.Take(100).Select(module => module.Name)) + (modules.Count > 100 ? $" and {modules.Count - 100} more" : "");

    // One module that cannot be read does not hide the others.
    private static ModuleActivations Of(ModuleReader reader, TorchModule module)
    {
        var type = module.Type.Length == 0 ? null : module.Type;
        try
        {
            return reader.Read(module.Name, module.Type) with { Type = type };
        }
        catch (Exception e) when (e is TorchInputException or TensorFileException)
        {
            return new ModuleActivations { Name = module.Name, Type = type, Why = e.Message };
        }
    }
}
