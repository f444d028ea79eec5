namespace Dashboard.Analysis;

/// <summary>What a projection will do and what that takes, known from numbers alone before it begins.</summary>
internal sealed record ProjectionPlan
{
    /// <summary>Neighbours that the picture's quality is measured by, at each point.</summary>
    public const int QualityNeighbors = 10;

    private const int QualitySample = 5000;

    // Nanoseconds of one core with AVX-512, measured; only their ratios matter: an operation of a product of matrices, a number read and looked at,
    // a candidate of an approximate search for each number of a vector, an entry of t-SNE's affinities, a point of it moved once, a pull and its pushes of UMAP.
    private const double Product = 0.012, Read = 0.6, Candidate = 0.35, Affinity = 60, Move = 500, Pull = 12;

    private ProjectionPlan(int rows, int columns, ProjectionSettings settings) => (Rows, Columns, Settings) = (rows, columns, settings);

    public int Rows { get; }

    public int Columns { get; }

    public ProjectionSettings Settings { get; }

    /// <summary>Principal components that neighbours are sought in, or null.</summary>
    public int? PcaFirst { get; private init; }

    /// <summary>t-SNE's perplexity, lowered where none was given.</summary>
    public double Perplexity { get; private init; }

    /// <summary>Neighbours in the table; 0 where the method needs none.</summary>
    public int TableNeighbors { get; private init; }

    /// <summary>Iterations or epochs.</summary>
    public int Iterations { get; private init; }

    /// <summary>Whether neighbours are sought among the vectors as they came.</summary>
    public bool InOriginal => PcaFirst is null && !Settings.Standardize && Settings.Metric == DistanceMetric.Euclidean;

    /// <summary>Numbers of a vector where neighbours are sought.</summary>
    public int SpaceColumns => PcaFirst ?? Columns;

    /// <summary>Whether the table serves the quality of each point as well.</summary>
    public bool TableServesQuality => InOriginal && TableNeighbors >= Math.Min(QualityNeighbors, Rows - 1);

    /// <summary>Makes a plan of settings without a fault.</summary>
    public static ProjectionPlan Of(int rows, int columns, ProjectionSettings settings)
    {
        var moving = settings.Method is ProjectionMethod.Tsne or ProjectionMethod.Umap;
        var perplexity = settings.Perplexity ?? Math.Min(ProjectionChecks.UsualPerplexity, ProjectionChecks.LargestPerplexity(rows));
        return new ProjectionPlan(rows, columns, settings)
        {
            PcaFirst = moving && settings.PcaFirst is { } first && Math.Min(first, rows) < columns ? Math.Min(first, rows) : null,
            Perplexity = perplexity,
            TableNeighbors = settings.Method switch
            {
                ProjectionMethod.Tsne => Tsne.NeighborsFor(perplexity, rows),
                ProjectionMethod.Umap => Math.Min(Umap.NeighborsFor(settings.Neighbors ?? ProjectionChecks.UsualNeighbors), rows - 1),
                _ => 0,
            },
            Iterations = settings.Method switch
            {
                ProjectionMethod.Tsne => settings.Iterations ?? new TsneOptions().Iterations,
                ProjectionMethod.Umap => new UmapOptions { Epochs = settings.Iterations }.EpochsFor(rows),
                _ => 0,
            },
        };
    }

    /// <summary>Stages with what each costs, in nanoseconds of an imagined core.</summary>
    public IReadOnlyList<(string Stage, double Cost)> Stages()
    {
        var stages = new List<(string, double)> { (ProjectionStages.Reading, Read * Rows * Columns) };
        if (Settings.Standardize) stages.Add((ProjectionStages.Reading, Read * Rows * Columns));
        if (Settings.Method == ProjectionMethod.Pca || PcaFirst is not null || Settings.Method == ProjectionMethod.Tsne) stages.Add((ProjectionStages.PrincipalComponents, PcaCost(PcaFirst ?? Settings.Dimensions)));
        if (TableNeighbors > 0) stages.Add((ProjectionStages.Neighbors, SearchCost(SpaceColumns, TableNeighbors)));
        if (Settings.Method == ProjectionMethod.Tsne) stages.Add((ProjectionStages.Affinities, (double)Rows * (Affinity * TableNeighbors + Move * Iterations)));
        // What an epoch takes goes with the neighbours, each being due in some of them; the rest is the start.
        if (Settings.Method == ProjectionMethod.Umap) stages.Add((ProjectionStages.Graph, (double)Rows * TableNeighbors * (700 + Pull * Iterations)));
        double sample = Math.Min(Rows, QualitySample);
        stages.Add((ProjectionStages.Quality, sample * sample * (2 * Product * Columns + 50)));
        if (Settings.PointQuality && !TableServesQuality) stages.Add((ProjectionStages.Quality, SearchCost(Columns, QualityNeighbors)));
        if (Settings.PointQuality) stages.Add((ProjectionStages.Quality, 3000.0 * Rows));
        return stages;
    }

    /// <summary>Bytes that are allocated at the peak.</summary>
    public long MemoryBytes()
    {
        var threads = Environment.ProcessorCount;
        long data = (long)Rows * Columns * sizeof(float), space = PcaFirst is { } first ? (long)Rows * first * sizeof(float) : 0;
        long table = (long)Rows * TableNeighbors * (sizeof(int) + sizeof(float)), picture = (long)Rows * Settings.Dimensions * sizeof(float);
        var start = Settings.Method == ProjectionMethod.Tsne ? picture : 0;
        long peak = 0;
        if (Settings.Method == ProjectionMethod.Pca || PcaFirst is not null || Settings.Method == ProjectionMethod.Tsne) peak = Pca.MemoryBytes(Rows, Columns, Math.Min(PcaFirst ?? Settings.Dimensions, Math.Min(Rows, Columns)));
        if (TableNeighbors > 0) peak = Math.Max(peak, space + start + Search(SpaceColumns, TableNeighbors, PcaFirst is null ? data : 0));
        if (Settings.Method == ProjectionMethod.Tsne) peak = Math.Max(peak, start + table + Tsne.MemoryBytes(Rows, Settings.Dimensions, Perplexity));
        if (Settings.Method == ProjectionMethod.Umap) peak = Math.Max(peak, table + Umap.MemoryBytes(Rows, TableNeighbors, Settings.Dimensions));
        var quality = (long)Math.Min(Rows, QualitySample) * (Columns * sizeof(float) + 2L * sizeof(float) * 256) + 16L * threads * Rows;
        if (Settings.PointQuality) quality += (TableServesQuality ? table : Search(Columns, QualityNeighbors, data)) + 64L * Rows;
        // The runtime's own, what is no longer used and not yet collected, and blocks that are read into.
        return Math.Max(peak, picture + quality) + picture + (128L << 20) + threads * (4L << 20);

        // Vectors that are not in memory are read into it for an approximate search.
        long Search(int columns, int count, long copy) => NearestNeighbors.MemoryBytes(Rows, columns, count, NeighborMethod.Auto, threads) + (NearestNeighbors.IsExact(Rows, columns) ? 0 : copy);
    }

    private double PcaCost(int components) => Read * Rows * Columns + Pca.Choose(Rows, Columns) switch
    {
        PcaSolver.Covariance => Product * Rows * Columns * Columns + 2.0 * Columns * Columns * Math.Min(Columns, 100),
        PcaSolver.Gram => Product * Rows * Rows * Columns + 2.0 * Rows * Rows * Math.Min(Rows, 100),
        _ => 14 * Product * Rows * Columns * (components + 10),
    };

    private double SearchCost(int columns, int count) => NearestNeighbors.IsExact(Rows, columns)
        ? (double)Rows * Rows * (1.5 * Product * columns + 0.3)
        : (double)Rows * (columns + 40) * (count + 20) * 20 * Candidate;
}
