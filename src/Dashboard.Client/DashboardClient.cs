namespace Dashboard.Client;

/// <summary>Pushes metrics to a Lossboard server.</summary>
public sealed class DashboardClient;
