namespace Dashboard.Tensors.Tests;

public sealed class ProjectorConfigTests
{
    [Fact]
    public void Configuration_AsTensorBoardWritesIt_IsRead()
    {
        var entries = ProjectorConfig.Parse(
            """
            # two of them
            embeddings {
              tensor_name: "default:00010"
              tensor_path: "00010/default/tensors.tsv"
              metadata_path: "00010/default/metadata.tsv"
              sprite {
                image_path: '00010/default/sprite.png'
                single_image_dim: 28
                single_image_dim: 14
              }
            }
            embeddings < tensor_name: "raw \"one\"" tensor_shape: [100, 7]; tensor_path: "t.bytes"; unknown { deep: { deeper: 1 } } >
            model_checkpoint_path: "elsewhere"
            """);

        Assert.Equal(2, entries.Count);
        Assert.Equal(("default:00010", "00010/default/tensors.tsv", "00010/default/metadata.tsv", "00010/default/sprite.png"), (entries[0].Name, entries[0].TensorPath, entries[0].MetadataPath, entries[0].SpritePath));
        Assert.Equal([28L, 14L], entries[0].ThumbnailSize);
        Assert.Equal("raw \"one\"", entries[1].Name);
        Assert.Equal([100L, 7L], entries[1].Shape);
        Assert.Null(entries[1].SpritePath);
    }

    [Theory]
    [InlineData("embeddings {", "not closed")]
    [InlineData("embeddings { tensor_name: \"a", "not closed")]
    [InlineData("}", "never opened")]
    [InlineData("embeddings", "ends after")]
    [InlineData("embeddings { tensor_shape: -4 }", "no size")]
    [InlineData("embeddings { tensor_shape: [1, 2", "not closed")]
    public void Configuration_ThatIsNone_IsRefused(string text, string says) =>
        Assert.Contains(says, Assert.Throws<TensorFileException>(() => ProjectorConfig.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Configuration_NestedWithoutEnd_IsRefused() =>
        Assert.Throws<TensorFileException>(() => ProjectorConfig.Parse(string.Concat(Enumerable.Repeat("a {", 100_000))));
}
