using Dashboard.Tensors;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Puts the name of a field of the spec before what is wrong with it.</summary>
internal static class Fields
{
    /// <summary>Runs something that depends on a field; whatever libtorch refuses there is the input's fault.</summary>
    public static T Of<T>(string field, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is TensorFileException or (TorchException and not (TorchOutOfMemoryException or TorchMissingException)))
        {
            throw new TorchInputException($"{field}: {e.Message}", e);
        }
    }

    /// <summary>A number that must be one.</summary>
    public static double Number(string field, double? value, double otherwise) =>
        value is not { } given ? otherwise : double.IsFinite(given) ? given : throw new TorchInputException($"{field}: {given} is no finite number.");
}
