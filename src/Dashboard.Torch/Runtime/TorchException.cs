namespace Dashboard.Torch;

/// <summary>What a person asked for cannot be computed; the message says why and, where there is one, the way out.</summary>
public class TorchException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>libtorch or the bridge to it is missing. The message names every place looked at and what to install.</summary>
public sealed class TorchMissingException(string message, Exception? inner = null) : TorchException(message, inner);

/// <summary>The module, the batch, a checkpoint or a setting does not fit: trying again will not help.</summary>
public sealed class TorchInputException(string message, Exception? inner = null) : TorchException(message, inner);

/// <summary>Memory, of the machine or of its GPU, did not suffice: a smaller batch size may.</summary>
public sealed class TorchOutOfMemoryException(string message, Exception? inner = null) : TorchException(message, inner);
