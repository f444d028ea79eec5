using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>A model with the weights that a job asks for.</summary>
internal static class PlacedModel
{
    /// <summary>Loads the model, and moves it to the checkpoint where one is named.</summary>
    public static ITorchModel Load(EngineContext context)
    {
        context.Output.Progress(0, "Loading the model", null);
        var model = Fields.Of("model", () => context.Runtime.LoadModel(context.PathOf(context.Task.Model, "model"), context.Task.Device));
        try
        {
            Move(context, model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Moves a model to the checkpoint <c>center</c>, where one is named.</summary>
    public static void Move(EngineContext context, ITorchModel model)
    {
        if (context.Task.Center is { } center) model.Write(new CheckpointReader(context, model).ReadWeights(center, "center"));
    }
}
