using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Results that come as a whole: read and written again, so that what a module that took over its engine adds goes no further.</summary>
internal static class ResultCheck
{
    /// <summary>The result of a job of this kind, and nothing else.</summary>
    /// <exception cref="InvalidDataException">A table has another shape than it says.</exception>
    /// <exception cref="JsonException">It is no such result.</exception>
    public static JsonElement Read(string kind, JsonElement result) => kind switch
    {
        JobKinds.Hessian => Again(result, ContractsJson.Default.HessianView),
        JobKinds.WeightPca => Again(result, ContractsJson.Default.WeightPcaView),
        JobKinds.MonteCarlo => Again(result, ContractsJson.Default.MonteCarloView),
        JobKinds.Gradients => Again(result, ContractsJson.Default.GradientsView),
        JobKinds.Saliency => Again(result, ContractsJson.Default.SaliencyView, view =>
            NestedArrays.Fits(view.Maps, [view.Samples.Count, .. view.Shape]) && NestedArrays.Fits(view.Inputs, [view.Samples.Count, .. view.Shape])),
        JobKinds.Activations => Again(result, ContractsJson.Default.ActivationsView, view =>
            view.Modules.All(module => module.Maps is not { } maps || (module.MapShape is { } shape && NestedArrays.Fits(maps, [view.Samples.Count, .. shape])))),
        _ => Again(result, ContractsJson.Default.ProbeView),
    };

    private static JsonElement Again<T>(JsonElement result, JsonTypeInfo<T> type, Func<T, bool>? fits = null)
        where T : class
    {
        var view = result.Deserialize(type) ?? throw new InvalidDataException("The engine's result is empty.");
        if (fits is not null && !fits(view)) throw new InvalidDataException("The engine's result makes no sense: a table has another shape than it says.");
        return JsonSerializer.SerializeToElement(view, type);
    }
}
