namespace Dashboard.Client;

/// <summary>One picture with a thumbnail for each vector of an embedding, in rows from the top left.</summary>
/// <param name="Name">Name of the artifact within the run: a PNG, JPEG or WebP that was uploaded with the type <c>image</c>.</param>
/// <param name="Width">Pixels of a thumbnail across.</param>
/// <param name="Height">Pixels of a thumbnail down.</param>
public sealed record LossboardSprite(string Name, int Width, int Height);
