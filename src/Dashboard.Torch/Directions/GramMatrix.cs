namespace Dashboard.Torch;

/// <summary>Inner products of vectors with each other.</summary>
internal static class GramMatrix
{
    /// <summary>Makes a symmetric matrix, in place, that of the vectors less their mean.</summary>
    public static double[,] Centre(double[,] gram)
    {
        var count = gram.GetLength(0);
        var means = new double[count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++) means[i] += gram[i, j] / count;
        }
        var mean = means.Average();
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++) gram[i, j] += mean - means[i] - means[j];
        }
        return gram;
    }
}
