namespace Dashboard.Contracts;

/// <summary>One value of the configurations of a project's runs.</summary>
/// <param name="Name">Its path without <c>config.</c>: <c>optimizer.lr</c>.</param>
/// <param name="Path">Its path as the query language writes it: <c>config.optimizer.lr</c>.</param>
/// <param name="Kind"><c>number</c>, <c>text</c>, <c>boolean</c>, or <c>mixed</c> where runs differ.</param>
/// <param name="Runs">Runs that have it.</param>
/// <param name="Distinct">Different values among them.</param>
public sealed record ConfigField(string Name, string Path, string Kind, int Runs, int Distinct);
