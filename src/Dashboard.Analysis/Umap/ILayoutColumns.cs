namespace Dashboard.Analysis;

/// <summary>How many columns coordinates have, as a type: the compiler then makes code for that number alone.</summary>
internal interface ILayoutColumns
{
    static abstract int Count { get; }
}
