namespace Dashboard.Client;

/// <summary>Load of graphics processors.</summary>
internal interface IGpuLoad : IDisposable
{
    /// <summary>Values by name, <c>gpu/&lt;i&gt;/…</c>.</summary>
    IEnumerable<(string Name, double Value)> Take();
}
