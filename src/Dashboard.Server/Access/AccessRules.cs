using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>How endpoints say who may use them.</summary>
internal static class AccessRules
{
    /// <summary>It takes a right; an endpoint's own rule goes before its group's.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, AccessRight right, AccessSubject subject)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(right, subject));

    /// <summary>It is for everybody, with or without credentials.</summary>
    public static TBuilder Open<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(null, AccessSubject.Server));

    /// <summary>Workers may use it too, in the projects that they lease jobs of.</summary>
    public static TBuilder OrWork<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new WorkRoute());

    /// <summary>Share links may use it too, in what they show.</summary>
    public static TBuilder Shared<TBuilder>(this TBuilder builder, SharedTags tags = SharedTags.Whole)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new SharedRoute(tags));

    /// <summary>Share links may use the pages that they can show, and those that are for everybody.</summary>
    public static TBuilder SharedPages<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(static endpoint =>
        {
            var isShared = endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && SharedSections.All.Contains(SharedSections.Of(path));
            if (isShared || endpoint.Metadata.OfType<OpenPageAttribute>().Any())
                endpoint.Metadata.Add(new SharedRoute(SharedTags.OfHandler));
        });
        return builder;
    }
}
