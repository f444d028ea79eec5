namespace Dashboard.Torch;

/// <summary>The Hessian of an objective at one point, by double backward.</summary>
public interface IHessian : ISymmetricOperator, IDisposable;
