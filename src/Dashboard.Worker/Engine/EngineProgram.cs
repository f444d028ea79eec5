using System.Diagnostics;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Tensors;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>The process that loads models: takes one task from standard input, computes it, and ends. Without libtorch it takes what needs none.</summary>
internal static class EngineProgram
{
    // Scripted modules nest; a main thread has as much.
    private const int StackBytes = 16 << 20;

    public static async Task<int> RunAsync()
    {
        await using var pipe = StandardOutput.TakeAway();
        await using var input = Console.OpenStandardInput();
        var output = new EngineOutput(pipe, TimeProvider.System);
        ITorchRuntime? runtime = null;
        string? missing = null;
        try
        {
            runtime = TorchRuntime.Load();
            var info = runtime.Info;
            output.Send(new EngineMessage { Type = EngineMessages.Ready, Runtime = new EngineRuntime(EngineContext.EngineName(info), info.Devices, info.Warning) });
        }
        catch (TorchException e)
        {
            missing = e.Message;
            output.Send(new EngineMessage { Type = EngineMessages.Missing, Text = missing });
        }

        EngineWarmUp.Run(runtime is not null);
        if (await EngineFrames.ReadAsync(input) is not { Task: { } task }) return 0;
        using var cancel = new CancellationTokenSource();
        _ = ListenAsync(input, cancel);
        var done = new TaskCompletionSource();
        var thread = new Thread(() => Compute(new EngineContext(runtime, task, output, TimeProvider.System, cancel.Token) { Missing = missing }, output, done), StackBytes) { Name = "job" };
        thread.Start();
        await done.Task;
        return 0;
    }

    /// <summary>Hears of a cancellation. Without a worker there is nobody to compute for.</summary>
    private static async Task ListenAsync(Stream input, CancellationTokenSource cancel)
    {
        while (await EngineFrames.ReadAsync(input) is { } message)
        {
            if (message.Type == EngineMessages.Cancel) await cancel.CancelAsync();
        }
        // A module that never returns cannot be asked.
        Process.GetCurrentProcess().Kill();
    }

    private static void Compute(EngineContext context, EngineOutput output, TaskCompletionSource done)
    {
        try
        {
            output.Send(Run(context));
        }
#pragma warning disable CA1031 // An exception must not leave the thread; the worker's pipe is gone where it came from sending.
        catch (Exception e)
#pragma warning restore CA1031
        {
            done.SetException(e);
            return;
        }
        done.SetResult();
    }

    private static EngineMessage Run(EngineContext context)
    {
        static EngineMessage Failed(string code, string text) => new() { Type = EngineMessages.Error, Code = code, Text = text };
        try
        {
            IEngineJob job = context.Task.Kind switch
            {
                JobKinds.Landscape => new LandscapeJob(context),
                JobKinds.Hessian => new HessianJob(context),
                JobKinds.Probe => new ProbeJob(context),
                JobKinds.Projection => new ProjectionJob(context),
                JobKinds.WeightPca => new WeightPcaJob(context),
                JobKinds.MonteCarlo => new MonteCarloJob(context),
                JobKinds.Saliency => new SaliencyJob(context),
                JobKinds.Gradients => new GradientsJob(context),
                JobKinds.Activations => new ActivationsJob(context),
                var kind => throw new TorchInputException($"This worker does not know jobs of the kind '{kind}'."),
            };
            return new EngineMessage { Type = EngineMessages.Result, Result = job.Run() };
        }
        catch (OperationCanceledException)
        {
            return new EngineMessage { Type = EngineMessages.Cancelled };
        }
        catch (Exception e) when (e is TorchInputException or TensorFileException or VectorException)
        {
            return Failed(JobErrors.BadInput, e.Message);
        }
        catch (TorchOutOfMemoryException e)
        {
            return Failed(JobErrors.OutOfMemory, e.Message);
        }
        catch (OutOfMemoryException)
        {
            return Failed(JobErrors.OutOfMemory, $"The computation needed more memory than the {context.Task.MemoryBytes >> 20} MiB that an engine has. A worker with a larger --memory allows more.");
        }
        catch (Exception e) when (e is TorchException or ArithmeticException)
        {
            return Failed(JobErrors.EngineFailed, e.Message);
        }
    }
}
