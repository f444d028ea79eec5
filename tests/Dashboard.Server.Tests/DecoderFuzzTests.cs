using System.Text;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Fuzzing;
using Dashboard.Tensors;

namespace Dashboard.Server.Tests;

/// <summary>Everything that comes over the wire, and what is stored of it.</summary>
public sealed class DecoderFuzzTests
{
    private static readonly ApiLimits Limits = new();
    private static readonly byte[][] Json = Of("{", "}", "[", "]", ",", ":", "null", "true", "\"\"", "\"NaN\"", "\"Infinity\"", "\"type\"", "\"tag\"", "\"step\"", "\"value\"", "\"values\"", "\"steps\"", "\"edges\"", "\"counts\"", "\"vectors\"", "\"metadata\"", "\"scalar\"", "\"scalars\"", "\"histogram\"", "\"embedding\"", "\"predictions\"", "\"labels\"", "\"phase\"", "\"text\"");

    private static byte[][] Of(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    private static void Run(FuzzCase subject, int least = 200)
    {
        var tried = Fuzz.Run(subject);
        Assert.True(tried > least, $"{tried} inputs");
    }

    [Fact]
    public void Events_OfAnyBytes_AreReadOrRefused()
    {
        static string Event(string events) => $$"""{"project":"p","run":"a/b","events":[{{events}}]}""";
        byte[][] corpus = Of(
            Event("""{"type":"scalar","tag":"train/loss","step":10,"value":0.42,"wall_time":1790000000.25},{"type":"scalars","tag":"lr","steps":[0,1,2],"values":[0.1,"NaN",-0.0],"wall_times":[1,2,3]}"""),
            Event("""{"type":"histogram","tag":"w","step":10,"values":[0.1,-0.2,0.3]},{"type":"histogram","tag":"g","step":10,"edges":[-1,0,1],"counts":[3,5]}"""),
            Event("""{"type":"embedding","tag":"e","step":1,"vectors":[[0.1,0.2],[0.3,0.4]],"metadata":{"label":["cat","dog"]},"sprite":{"run_id":"r","name":"s.png","width":1,"height":2}}"""),
            Event("""{"type":"text","tag":"t","step":0,"text":"…"},{"type":"labels","split":"train","counts":{"cat":900,"dog":100}},{"type":"phase","name":"data","started":1.5,"ended":3}"""),
            Event("""{"type":"predictions","tag":"val","step":10,"labels":[0,2],"scores":[[0.9,0.05,0.05],[0.1,0.2,0.7]],"losses":[0.105,0.357],"ids":["a","b"],"classes":["x","y","z"]}"""));
        Run(new FuzzCase("events", corpus, data => EventsDecoder.Decode(data, Limits, 1), typeof(ApiProblemException)) { Words = Json });
    }

    [Fact]
    public void PackedScalars_OfAnyBytes_AreReadOrRefused()
    {
        var two = BinaryScalarsTests.Example();
        Run(new FuzzCase("packed scalars", [two, two[..^8]], data => BinaryScalarsDecoder.Decode(data, Limits, 1), typeof(ApiProblemException)));
    }

    [Fact]
    public void Query_OfAnyText_IsAnsweredOrRefused()
    {
        var runs = new SampleRuns();
        byte[][] corpus = Of(
            "config.lr < 0.01 and (group = vision or not tags = \"best\") and created > now - 2d",
            "summary(\"loss\").last >= 1e-3 or name ~ \"^cnn-[0-9]+$\" and config[\"odd key\"] in (7, '8', true)",
            "has(config.net.depth) and duration < 3h and status != failed");
        byte[][] words = Of("and", "or", "not ", "in", "has(", "summary(", "config", "config.lr", "name", "(", ")", "[", "]", "~", "!~", "=", "<=", "\"", "'", "\\", "now", "2d", "(a+)+$", "^(.*)*x", ".", ",");
        Run(new FuzzCase("query", corpus, data =>
        {
            if (QueryParser.Parse(Encoding.UTF8.GetString(data), Limits) is not { } query)
                return;
            var condition = new QueryCompiler(runs, SampleRuns.Day).Compile(query);
            for (var row = 0; row < runs.Count; row++)
                condition(row);
        }, typeof(QueryException))
        { Words = words });
    }

    [Fact]
    public void Records_OfAnyBytes_AreReadOrDamaged()
    {
        using var metadata = JsonDocument.Parse("""{"label":["cat","dog"]}""");
        var predictions = new Predictions([0, 2], null, new Matrix(2, 3, [0.9, 0.05, 0.05, 0.1, 0.2, 0.7]), [0.1, 0.2], ["a", "b"]) { Classes = ["x", "y", "z"] };
        byte[][] corpus =
        [
            EmbeddingCodec.Encode(new Matrix(2, 2, [0.1, 0.2, 0.3, 0.5]), metadata.RootElement),
            EmbeddingCodec.Encode(new Matrix(1, 3, [1, 2, 3]), null),
            PredictionsCodec.Encode(predictions),
            HistogramCodec.Encode(new Histogram([-1, 0, 1], [3, 5], 2)),
            LabelsCodec.Encode(new Dictionary<string, long> { ["cat"] = 900, ["dog"] = 100 }),
            PhaseCodec.Encode(1, 2.5),
        ];
        byte[][] words = Of("\"rows\"", "\"columns\"", "\"width\"", "\"bins\"", "\"metadata\"", "\"labels\"", "\"ids\"", "\"sprite\"", ":", ",", "{", "}", "[", "]", "2147483647", "65536");
        Action<byte[]>[] codecs = [data => EmbeddingCodec.Decode(data), data => PredictionsCodec.Decode(data), data => HistogramCodec.Decode(data), data => LabelsCodec.Decode(data), data => PhaseCodec.Decode(data), data => TextCodec.Decode(data)];
        Run(new FuzzCase("records", corpus, data =>
        {
            var damaged = 0;
            foreach (var codec in codecs)
            {
                try
                {
                    codec(data);
                }
                catch (ApiProblemException problem) when (problem.Problem.Code == "damaged")
                {
                    damaged++;
                }
            }
            // Texts are any bytes.
            Assert.True(damaged < codecs.Length);
        })
        { Words = words });
    }

    [Fact]
    public void JobSpecs_OfAnyJson_AreReadOrRefused()
    {
        byte[][] corpus = Of(
            """{"model":{"run_id":"r","name":"m.pt"},"batch":{"run_id":"r","name":"b"},"loss":"cross_entropy","directions":{"kind":"pca","seed":1,"normalize":"filter","checkpoints":["a","b"]},"x":{"from":-1,"to":1,"points":51},"y":null,"l2":0.1,"batch_size":256,"device":"auto"}""",
            """{"embedding":{"run_id":"r","tag":"e","step":10},"method":"umap","dims":3,"neighbors":15,"min_dist":0.1,"iterations":null,"seed":0,"pca_first":50}""",
            """{"model":{"run_id":"r","name":"m.pt"},"sampler":"swag","samples":1000,"scale":0.1,"top":5,"density":true,"modules":["a"],"checkpoints":null,"clusters":3,"target":1}""");
        byte[][] words = [.. Json, .. Of("\"model\"", "\"directions\"", "\"checkpoints\"", "\"x\"", "\"points\"", "\"seed\"", "\"samples\"", "\"clusters\"")];
        Run(new FuzzCase("job specs", corpus, data =>
        {
            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(data);
            }
            catch (JsonException)
            {
                // The body's own decoder has refused it before.
                return;
            }
            using (document)
            {
                var spec = document.RootElement;
                Read(() => JobSpecs.Read(spec, ContractsJson.Default.LandscapeSpec));
                Read(() => JobSpecs.Read(spec, ContractsJson.Default.HessianSpec));
                Read(() => JobSpecs.Read(spec, ContractsJson.Default.ProjectionSpec));
                Read(() => JobSpecs.Read(spec, ContractsJson.Default.MonteCarloSpec));
                Read(() => JobSpecs.Read(spec, ContractsJson.Default.WeightPcaSpec));
                Read(() => JobSpecs.Read(spec, ContractsJson.Default.SaliencySpec));
                Read(() => JobSpecs.Read(spec, ContractsJson.Default.GradientsSpec));
                Read(() => JobSpecs.Read(spec, ContractsJson.Default.ActivationsSpec));
                Read(() => JobSpecs.Read(spec, ContractsJson.Default.ProbeSpec));
            }
        })
        { Words = words });

        static void Read(Action read)
        {
            try
            {
                read();
            }
            catch (ApiProblemException refusal)
            {
                Assert.Equal(422, refusal.Problem.Status);
            }
        }
    }

    [Fact]
    public void Pictures_OfAnyBytes_AreNeverWhatCouldRun()
    {
        byte[][] corpus =
        [
            [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF, 0xE0], [.. "GIF89a"u8], [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8], [0, 0, 0, 24, .. "ftypavif"u8], [.. "ID3"u8], [0xFF, 0xFB, 0x90, 0x00],
            [.. "OggS"u8, .. new byte[24], .. "OpusHead"u8], [0x1A, 0x45, 0xDF, 0xA3, .. "webm"u8], [.. "<svg onload=alert(1)>"u8], [.. "<!doctype html><script>"u8],
        ];
        string[] known = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "audio/wav", "audio/mpeg", "audio/aac", "audio/flac", "audio/ogg", "audio/mp4", "video/mp4", "video/quicktime", "video/webm", "video/ogg"];
        Run(new FuzzCase("media signature", corpus, data =>
        {
            var type = MediaSignature.Of(data);
            Assert.True(type is null || known.Contains(type), type);
            var text = Encoding.Latin1.GetString(data).TrimStart();
            Assert.False(type is not null && text.StartsWith('<'), type);
        }));
    }

    [Theory]
    [InlineData("m.tsv")]
    [InlineData("m.csv")]
    [InlineData("m.json")]
    public void Metadata_OfAnyBytes_IsReadOrRefused(string name)
    {
        byte[][] corpus = Of("label\tscore\ncat\t1\ndog\t2\n", "cat\ndog\n", "a,\"b, \"\"c\"\"\"\r\n1,=1+1\r\n2,\"x\ny\"\r\n", """{"label":["cat","dog"],"score":[1,null]}""");
        var path = Path.Combine(Path.GetTempPath(), $"lossboard-fuzz-{Guid.NewGuid():N}");
        try
        {
            Run(new FuzzCase(name, corpus, data =>
            {
                File.WriteAllBytes(path, data);
                MetadataFile.Read(path, name, 2, Limits);
            }, typeof(TensorFileException))
            { Words = Of("\t", "\n", "\r", ",", "\"", "\"\"", "[", "]", "{", "}", ":", "null", "1e400") });
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Configuration_OfAnyJson_IsFlattened()
    {
        byte[][] corpus = Of("""{"lr":0.1,"net":{"depth":3,"layers":[64,64]},"odd key":"x","":null,"a":{},"b":true}""", "{}");
        var flattener = new ConfigFlattener(new ConfigPaths(), Limits.MaxConfigValues, Limits.MaxComparedText);
        Run(new FuzzCase("configuration", corpus, data =>
        {
            var text = Encoding.UTF8.GetString(data);
            try
            {
                using var document = JsonDocument.Parse(text);
                if (document.RootElement.ValueKind != JsonValueKind.Object)
                    return;
            }
            catch (JsonException)
            {
                return;
            }
            flattener.Flatten(text);
        })
        { Words = Json });
    }
}
