using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Compiles what a job will run while there is none: an engine lives for one job, whose first tile would otherwise wait for the compiler.</summary>
internal static class EngineWarmUp
{
    /// <summary>Compiles.</summary>
    /// <param name="models">Whether there is libtorch: what calls it cannot be compiled without.</param>
    public static void Run(bool models)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Assembly[] assemblies = models ? [typeof(EngineProgram).Assembly, typeof(ITorchRuntime).Assembly] : [typeof(EngineProgram).Assembly];
        foreach (var type in assemblies.SelectMany(assembly => assembly.GetTypes()))
        {
            if (type.ContainsGenericParameters) continue;
            foreach (var method in type.GetMembers(Own).OfType<MethodBase>())
            {
                // What native code calls has no code to be called from here.
                if (!method.IsAbstract && !method.ContainsGenericParameters && !method.IsDefined(typeof(UnmanagedCallersOnlyAttribute), false)) Prepare(method);
            }
        }
        // The serializers' own code, on the shapes that every landscape has.
        var tile = JsonSerializer.SerializeToElement(new LandscapeTilePart { First = 0, Loss = [0.5], Accuracy = [0.5] }, ContractsJson.Default.LandscapeTilePart);
        var plan = new LandscapePlanPart { X = [0, 1], TilePoints = 1, Samples = 1 };
        JsonSerializer.SerializeToElement(plan, ContractsJson.Default.LandscapePlanPart);
        var task = new EngineTask { Kind = JobKinds.Landscape, Spec = tile, Folder = "/", Device = "cpu", Lane = "cpu", Cores = 1 };
        var frame = EngineFrames.Encode(new EngineMessage { Type = EngineMessages.Task, Task = task, Part = new JobPart { Stage = "loss", Index = 0, Data = tile } });
        JsonSerializer.Deserialize(frame.AsSpan(4), WorkerJson.Default.EngineMessage);
        JsonSerializer.Deserialize("""{"directions":{"kind":"random"},"x":{"points":2}}""", ContractsJson.Default.LandscapeSpec);
    }

    private static void Prepare(MethodBase method)
    {
        try
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }
        catch (PlatformNotSupportedException)
        {
            // It is compiled when it is called.
        }
    }
}
