namespace Dashboard.Web;

/// <summary>Tells a page whether who looks at it sees its project by share links alone.</summary>
public interface IShareViewer
{
    /// <summary>What the links show; null for everybody else.</summary>
    SharedView? Shared { get; }
}
