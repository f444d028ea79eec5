using System.Runtime.InteropServices;

namespace Dashboard.Client;

/// <summary>Load of NVIDIA's processors, read from the library of their driver: no process is started.</summary>
internal sealed class NvidiaLoad : IGpuLoad
{
    private const int TemperatureOfChip = 0;

    private readonly nint _library;
    private readonly List<nint> _devices = [];
    private readonly UtilizationOf _utilization;
    private readonly MemoryOf _memory;
    private readonly TemperatureOf _temperature;
    private readonly PowerOf _power;

    private NvidiaLoad(nint library)
    {
        _library = library;
        (_utilization, _memory) = (Function<UtilizationOf>("nvmlDeviceGetUtilizationRates"), Function<MemoryOf>("nvmlDeviceGetMemoryInfo"));
        (_temperature, _power) = (Function<TemperatureOf>("nvmlDeviceGetTemperature"), Function<PowerOf>("nvmlDeviceGetPowerUsage"));
        if (Function<Init>("nvmlInit_v2")() != 0 || Function<CountOf>("nvmlDeviceGetCount_v2")(out var count) != 0)
            return;
        var handle = Function<HandleOf>("nvmlDeviceGetHandleByIndex_v2");
        for (uint at = 0; at < count; at++)
        {
            if (handle(at, out var device) == 0)
                _devices.Add(device);
        }
    }

    private delegate int Init();

    private delegate int CountOf(out uint count);

    private delegate int HandleOf(uint index, out nint device);

    private delegate int UtilizationOf(nint device, out Utilization value);

    private delegate int MemoryOf(nint device, out Memory value);

    private delegate int TemperatureOf(nint device, int sensor, out uint value);

    private delegate int PowerOf(nint device, out uint milliwatts);

    /// <summary>The processors of this machine; null without a driver, or with one that lacks what is needed.</summary>
    public static NvidiaLoad? Find()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1", out var library))
            return null;
        try
        {
            return new NvidiaLoad(library);
        }
        catch (EntryPointNotFoundException)
        {
            NativeLibrary.Free(library);
            return null;
        }
    }

    public IEnumerable<(string Name, double Value)> Take()
    {
        for (var at = 0; at < _devices.Count; at++)
        {
            if (_utilization(_devices[at], out var load) == 0)
                yield return ($"gpu/{at}/percent", load.Gpu);
            if (_memory(_devices[at], out var memory) == 0)
                yield return ($"gpu/{at}/memory_bytes", memory.Used);
            if (_temperature(_devices[at], TemperatureOfChip, out var degrees) == 0)
                yield return ($"gpu/{at}/temperature", degrees);
            if (_power(_devices[at], out var milliwatts) == 0)
                yield return ($"gpu/{at}/watts", milliwatts / 1000.0);
        }
    }

    public void Dispose() => NativeLibrary.Free(_library);

    private T Function<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));

    [StructLayout(LayoutKind.Sequential)]
    private struct Utilization
    {
        public uint Gpu;
        public uint Memory;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Memory
    {
        public ulong Total;
        public ulong Free;
        public ulong Used;
    }
}
