namespace Dashboard.Worker;

/// <summary>Types of <see cref="EngineMessage"/>.</summary>
internal static class EngineMessages
{
    /// <summary>Engine: libtorch is loaded.</summary>
    public const string Ready = "ready";
    /// <summary>Engine: there is no libtorch. It takes a task that needs none.</summary>
    public const string Missing = "missing";
    /// <summary>Worker: the one task of this engine.</summary>
    public const string Task = "task";
    /// <summary>Worker: stop as soon as possible.</summary>
    public const string Cancel = "cancel";
    /// <summary>Engine: it goes on. Sent only when something has been computed, so that a silent engine is one that hangs.</summary>
    public const string Progress = "progress";
    /// <summary>Engine: something a person should know.</summary>
    public const string Note = "note";
    /// <summary>Engine: a part of the result.</summary>
    public const string Part = "part";
    /// <summary>Engine: rows of numbers that belong to the result.</summary>
    public const string Block = "block";
    /// <summary>Engine: the end, with a result.</summary>
    public const string Result = "result";
    /// <summary>Engine: the end, without one.</summary>
    public const string Error = "error";
    /// <summary>Engine: the end, as it was asked to.</summary>
    public const string Cancelled = "cancelled";
}
