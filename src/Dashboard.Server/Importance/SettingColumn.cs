using Dashboard.Analysis;

namespace Dashboard.Server;

/// <summary>One setting over the runs of a study.</summary>
internal sealed class SettingColumn
{
    private readonly QueryValue[] _values;

    public SettingColumn(string path, string name, QueryValue[] values)
    {
        (Path, Name, _values) = (path, name, values);
        Runs = values.Count(value => value.Kind != QueryValueKind.Absent);
        Distinct = values.Where(value => value.Kind != QueryValueKind.Absent).Distinct().Count();
        IsNumeric = Array.TrueForAll(values, value => value.Kind is QueryValueKind.Absent or QueryValueKind.Number or QueryValueKind.Boolean);
    }

    public string Path { get; }

    public string Name { get; }

    /// <summary>Runs that have it.</summary>
    public int Runs { get; }

    /// <summary>Different values, absence apart.</summary>
    public int Distinct { get; }

    /// <summary>Whether runs differ in it; that some have it and others do not is a difference.</summary>
    public bool Varies => Distinct > 1 || (Distinct == 1 && Runs < _values.Length);

    private bool IsNumeric { get; }

    /// <summary>Rank correlation with a metric; null for texts and where it is undefined.</summary>
    public double? Correlation(double[] metric)
    {
        if (!IsNumeric)
            return null;
        var found = Analysis.Correlation.Spearman(Numbers(), metric);
        return double.IsNaN(found) ? null : found;
    }

    /// <summary>As a forest takes it: numbers, false and true as 0 and 1; else categories.</summary>
    public ForestFeature ToFeature() =>
        IsNumeric ? ForestFeature.OfNumbers(Numbers()) : ForestFeature.OfCategories(_values.Select(value => value.AsText()));

    private double[] Numbers() => Array.ConvertAll(_values, value => value.Kind switch
    {
        QueryValueKind.Absent => double.NaN,
        QueryValueKind.Boolean => value.Boolean ? 1 : 0,
        _ => value.Number,
    });
}
