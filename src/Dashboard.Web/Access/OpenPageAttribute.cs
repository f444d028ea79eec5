namespace Dashboard.Web;

/// <summary>Marks a page that everybody may open, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenPageAttribute : Attribute;
