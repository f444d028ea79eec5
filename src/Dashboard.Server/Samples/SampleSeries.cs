using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>A series of predictions as far as it was read. It is only grown by who holds <see cref="Turn"/>, and only read so.</summary>
internal sealed class SampleSeries
{
    /// <summary>One request at a time: steps may have to be read first.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The samples; null until they were read.</summary>
    public SampleHistory? History { get; set; }

    /// <summary>The records read: whether they are still what is stored.</summary>
    public List<RecordHead> Read { get; } = [];

    /// <summary>Steps that are stored.</summary>
    public int TotalSteps { get; set; }

    /// <summary>Steps whose bytes are lost.</summary>
    public List<long> Damaged { get; } = [];

    /// <summary>Names of the classes, as logged last.</summary>
    public string[]? Classes { get; set; }

    /// <summary>Thumbnails of the last step.</summary>
    public SpriteReference? Sprite { get; set; }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        History = new SampleHistory();
        Read.Clear();
        Damaged.Clear();
        (Classes, Sprite) = (null, null);
    }
}
