using System.Text;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server.Tests;

public sealed class EventsDecoderTests
{
    private const double Now = 1_790_000_000.5;
    private static readonly ApiLimits Limits = new();

    private static IngestBatch Decode(string body) => EventsDecoder.Decode(Encoding.UTF8.GetBytes(body), Limits, Now);

    private static IngestBatch DecodeEvents(string events) => Decode($$"""{"project":"p","run":"r","events":[{{events}}]}""");

    private static ApiProblem Refusal(string body) => Assert.Throws<ApiProblemException>(() => Decode(body)).Problem;

    private static ApiProblem RefusalOfEvents(string events) => Assert.Throws<ApiProblemException>(() => DecodeEvents(events)).Problem;

    [Fact]
    public void Decode_Scalars_GathersOneBlockATagInOrder()
    {
        var batch = DecodeEvents("""
            {"type":"scalar","tag":"a","step":1,"value":0.5,"wall_time":7.25},
            {"type":"scalars","tag":"b","steps":[5,6],"values":[1,"NaN"],"wall_times":[1,2]},
            {"step":2,"value":"-Infinity","tag":"\u0061","extra":{"x":[1]},"type":"scalar"},
            {"type":"scalars","tag":"a","steps":[3,1],"values":["Infinity",-0.0]}
            """);
        Assert.Equal(("p", "r"), (batch.Project, batch.Run));
        Assert.Equal(["a", "b"], batch.Scalars.Select(block => block.Tag));
        var a = batch.Scalars[0].Points;
        Assert.Equal([1L, 2, 3, 1], a.Steps.AsSpan(0, a.Count).ToArray());
        Assert.Equal([0.5, double.NegativeInfinity, double.PositiveInfinity, -0.0], a.Values.AsSpan(0, a.Count).ToArray());
        Assert.True(double.IsNegative(a.Values[3]));
        Assert.Equal([7.25, Now, Now, Now], a.WallTimes.AsSpan(0, a.Count).ToArray());
        Assert.Equal([1.0, double.NaN], batch.Scalars[1].Points.Values.AsSpan(0, 2).ToArray());
    }

    [Theory]
    [InlineData("1e3", 1000)]
    [InlineData("10.0", 10)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9.223372036854775807e18", long.MaxValue)]
    public void Step_WrittenInAnyWay_IsTheInteger(string step, long expected) =>
        Assert.Equal(expected, DecodeEvents($$"""{"type":"scalar","tag":"a","step":{{step}},"value":1}""").Scalars[0].Points.Steps[0]);

    [Theory]
    [InlineData("1.5", "not_an_integer")]
    [InlineData("1e-400", "not_an_integer")]
    [InlineData("9223372036854775808", "out_of_range")]
    [InlineData("-9223372036854775809", "out_of_range")]
    [InlineData("1e300", "out_of_range")]
    [InlineData("1e400", "out_of_range")]
    [InlineData("\"10\"", "wrong_type")]
    [InlineData("null", "wrong_type")]
    [InlineData("true", "wrong_type")]
    [InlineData("[1]", "wrong_type")]
    [InlineData("{\"a\":1}", "wrong_type")]
    public void Step_ThatIsNo64BitInteger_IsRefused(string step, string code)
    {
        var problem = RefusalOfEvents($$"""{"type":"scalar","tag":"a","step":0,"value":1},{"type":"scalar","tag":"a","step":{{step}},"value":1}""");
        Assert.Equal((422, "/events/1/step", code), (problem.Status, Assert.Single(problem.Errors!).Pointer, problem.Errors![0].Code));
    }

    public static TheoryData<string, string, string> BadEvents => new()
    {
        { """{"type":"scalar","tag":"a","step":1,"value":"nan"}""", "/value", "wrong_type" },
        { """{"type":"scalar","tag":"a","step":1,"value":1e999}""", "/value", "out_of_range" },
        { """{"type":"scalar","tag":"a","step":1}""", "/value", "missing" },
        { """{"type":"scalar","tag":"a","value":1}""", "/step", "missing" },
        { """{"type":"scalar","step":1,"value":1}""", "/tag", "missing" },
        { """{"type":"scalar","tag":5,"step":1,"value":1}""", "/tag", "wrong_type" },
        { """{"type":"scalar","tag":"","step":1,"value":1}""", "/tag", "empty_name" },
        { """{"type":"scalar","tag":"a\u0000b","step":1,"value":1}""", "/tag", "control_character" },
        { """{"type":"scalar","tag":"a\u0085","step":1,"value":1}""", "/tag", "control_character" },
        { """{"type":"scalar","tag":"\ud800","step":1,"value":1}""", "/tag", "lone_surrogate" },
        { """{"type":"scalar","tag":"a","step":1,"value":1,"wall_time":"NaN"}""", "/wall_time", "out_of_range" },
        { """{"type":"scalar","tag":"a","step":1,"value":1,"wall_time":[]}""", "/wall_time", "wrong_type" },
        { """{"type":"scalars","tag":"a","steps":[1,2,3],"values":[1,2]}""", "/values", "length_mismatch" },
        { """{"type":"scalars","tag":"a","steps":[1,2],"values":[1,2],"wall_times":[1]}""", "/wall_times", "length_mismatch" },
        { """{"type":"scalars","tag":"a","steps":[1,"2"],"values":[1,2]}""", "/steps/1", "wrong_type" },
        { """{"type":"scalars","tag":"a","steps":[1,2],"values":[1,[2]]}""", "/values/1", "wrong_type" },
        { """{"type":"scalars","tag":"a","steps":[1,2],"values":[1,2],"wall_times":[1,"Infinity"]}""", "/wall_times/1", "out_of_range" },
        { """{"type":"scalars","tag":"a","steps":7,"values":[]}""", "/steps", "wrong_type" },
        { """{"type":"scalars","tag":"a","values":[]}""", "/steps", "missing" },
        { """{"tag":"a","step":1,"value":1}""", "/type", "missing" },
        { """{"type":"scaler","tag":"a","step":1,"value":1}""", "/type", "unknown_event_type" },
        { """{"type":{"a":[1]},"tag":"a"}""", "/type", "wrong_type" },
        { """{"tag":"a","type":7}""", "/type", "wrong_type" },
        { """{"type":"histogram","tag":"a","step":1,"edges":[0,1,2],"counts":[1]}""", "/edges", "length_mismatch" },
        { """{"type":"histogram","tag":"a","step":1,"edges":[0,0],"counts":[1]}""", "/edges/1", "not_ascending" },
        { """{"type":"histogram","tag":"a","step":1,"edges":[0,"NaN"],"counts":[1]}""", "/edges/1", "out_of_range" },
        { """{"type":"histogram","tag":"a","step":1,"edges":[0,1],"counts":[-1]}""", "/counts/0", "out_of_range" },
        { """{"type":"histogram","tag":"a","step":1,"edges":[0,1]}""", "/counts", "missing" },
        { """{"type":"histogram","tag":"a","step":1}""", "/edges", "missing" },
        { """{"type":"histogram","tag":"a","step":1,"values":[1],"edges":[0,1],"counts":[1]}""", "/values", "conflict" },
        { """{"type":"embedding","tag":"a","step":1,"vectors":[[1,2],[3]]}""", "/vectors/1", "length_mismatch" },
        { """{"type":"embedding","tag":"a","step":1,"vectors":[]}""", "/vectors", "empty" },
        { """{"type":"embedding","tag":"a","step":1,"vectors":[[]]}""", "/vectors/0", "empty" },
        { """{"type":"embedding","tag":"a","step":1,"vectors":[[1],2]}""", "/vectors/1", "wrong_type" },
        { """{"type":"embedding","tag":"a","step":1,"vectors":[["x"]]}""", "/vectors/0/0", "wrong_type" },
        { """{"type":"embedding","tag":"a","step":1,"vectors":[[1]],"metadata":{"a/b":["x","y"]}}""", "/metadata/a~1b", "length_mismatch" },
        { """{"type":"embedding","tag":"a","step":1,"vectors":[[1]],"metadata":{"l":[[1]]}}""", "/metadata/l/0", "wrong_type" },
        { """{"type":"embedding","tag":"a","step":1,"vectors":[[1]],"metadata":[1]}""", "/metadata", "wrong_type" },
        { """{"type":"embedding","tag":"a","step":1,"vectors":[[1]],"metadata":{"l":["\udc00"]}}""", "/metadata", "lone_surrogate" },
        { """{"type":"text","tag":"a","step":1}""", "/text", "missing" },
        { """{"type":"text","tag":"a","step":1,"text":"\ud83d"}""", "/text", "lone_surrogate" },
        { """{"type":"predictions","tag":"a","step":1,"labels":[0,1],"scores":[[1,0]]}""", "/labels", "length_mismatch" },
        { """{"type":"predictions","tag":"a","step":1,"labels":[0],"scores":[[1,0]],"losses":[1,2]}""", "/losses", "length_mismatch" },
        { """{"type":"predictions","tag":"a","step":1,"labels":[0],"scores":[[1,0]],"ids":[]}""", "/ids", "length_mismatch" },
        { """{"type":"predictions","tag":"a","step":1,"labels":[2],"scores":[[1,0]]}""", "/labels/0", "out_of_range" },
        { """{"type":"predictions","tag":"a","step":1,"labels":[0],"scores":[[1,0]],"ids":[7]}""", "/ids/0", "wrong_type" },
        { """{"type":"predictions","tag":"a","step":1,"labels":[0],"targets":[1],"scores":[[1]]}""", "/targets", "conflict" },
        { """{"type":"predictions","tag":"a","step":1,"targets":[1,2],"scores":[[1]]}""", "/targets", "length_mismatch" },
        { """{"type":"predictions","tag":"a","step":1,"targets":[[1,2]],"scores":[[1]]}""", "/targets", "length_mismatch" },
        { """{"type":"predictions","tag":"a","step":1,"targets":["x"],"scores":[[1]]}""", "/targets/0", "wrong_type" },
        { """{"type":"predictions","tag":"a","step":1,"targets":[1],"classes":["a"],"scores":[[1]]}""", "/classes", "conflict" },
        { """{"type":"predictions","tag":"a","step":1,"labels":[0],"classes":["a"],"scores":[[1,0]]}""", "/classes", "length_mismatch" },
        { """{"type":"predictions","tag":"a","step":1,"labels":[0],"sprite":{"name":"s.png","width":0,"height":4},"scores":[[1,0]]}""", "/sprite/width", "out_of_range" },
        { """{"type":"predictions","tag":"a","step":1,"scores":[[1,0]]}""", "/labels", "missing" },
        { """{"type":"labels","split":"train","counts":{"cat":-1}}""", "/counts/cat", "out_of_range" },
        { """{"type":"labels","split":"train","counts":{"cat":1.5}}""", "/counts/cat", "not_an_integer" },
        { """{"type":"labels","counts":{}}""", "/split", "missing" },
        { """{"type":"phase","name":"load","started":10,"ended":9}""", "/ended", "ends_before_start" },
        { """{"type":"phase","name":"load","started":10}""", "/ended", "missing" },
    };

    [Theory]
    [MemberData(nameof(BadEvents))]
    public void Decode_BadEvent_PointsAtIt(string bad, string field, string code)
    {
        var problem = RefusalOfEvents("""{"type":"scalar","tag":"good","step":1,"value":1},""" + bad);
        Assert.Equal(422, problem.Status);
        var error = Assert.Single(problem.Errors!);
        Assert.Equal(("/events/1" + field, code), (error.Pointer, error.Code));
    }

    public static TheoryData<string, int, string, string> BadBodies => new()
    {
        { "", 400, "", "malformed_json" },
        { "{", 400, "", "malformed_json" },
        { """{"project":"p","run":"r","events":[{"type":"scalar","tag":"a","step":1,"val""", 400, "/events/0", "malformed_json" },
        { """{"project":"p","run":"r","events":[{"type":"scalar","tag":"a","step":1,"value":1},{"type":"scalars","steps":[1,""", 400, "/events/1", "malformed_json" },
        { """{"project":"p","run":"r","events":[]} x""", 400, "", "malformed_json" },
        { """{"project":"p","run":"r","events":[{"type":"scalar","tag":"a","step":01,"value":1}]}""", 400, "/events/0", "malformed_json" },
        { """{"project":"p","run":"r","events":[{"type":"scalar","tag":"a","step":1,"value":NaN}]}""", 400, "/events/0", "malformed_json" },
        { "[]", 422, "", "wrong_type" },
        { "null", 422, "", "wrong_type" },
        { """{"project":"p","run":"r"}""", 422, "/events", "missing" },
        { """{"project":"p","run":"r","events":{}}""", 422, "/events", "wrong_type" },
        { """{"project":"p","run":"r","events":[3]}""", 422, "/events/0", "wrong_type" },
        { """{"run":"r","events":[]}""", 422, "/project", "missing" },
        { """{"project":"p","events":[]}""", 422, "/run", "missing" },
        { """{"project":7,"run":"r","events":[]}""", 422, "/project", "wrong_type" },
        { """{"project":"","run":"r","events":[]}""", 422, "/project", "empty_name" },
        { """{"project":"p","run":"a\nb","events":[]}""", 422, "/run", "control_character" },
        { """{"project":"p","run":"\udfff","events":[]}""", 422, "/run", "lone_surrogate" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public void Decode_BadBody_SaysWhereAndWhy(string body, int status, string pointer, string code)
    {
        var problem = Refusal(body);
        Assert.Equal(status, problem.Status);
        var error = Assert.Single(problem.Errors!);
        Assert.Equal((pointer, code), (error.Pointer, error.Code));
    }

    [Fact]
    public void Decode_DeepNesting_IsMalformedAndNoCrash()
    {
        var problem = RefusalOfEvents($$"""{"type":"scalar","x":{{new string('[', 100_000)}}""");
        Assert.Equal((400, "malformed_json"), (problem.Status, problem.Code));
    }

    [Fact]
    public void Decode_InvalidUtf8_IsMalformed()
    {
        var body = Encoding.UTF8.GetBytes("""{"project":"p","run":"r?","events":[]}""");
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;
        var problem = Assert.Throws<ApiProblemException>(() => EventsDecoder.Decode(body, Limits, Now)).Problem;
        Assert.Equal((400, "invalid_utf8"), (problem.Status, problem.Code));
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    [InlineData(1 << 20, false)]
    public void Tag_OfBytes_IsTakenUpTo512(int bytes, bool taken)
    {
        // Two bytes a letter, and one of one byte where the count is odd.
        var tag = new string('é', bytes / 2) + new string('a', bytes % 2);
        var events = $$"""{"type":"scalar","tag":"{{tag}}","step":1,"value":1}""";
        if (taken)
            Assert.Equal(tag, DecodeEvents(events).Scalars[0].Tag);
        else
            Assert.Equal(("/events/0/tag", "name_too_long"), (RefusalOfEvents(events).Errors![0].Pointer, RefusalOfEvents(events).Errors![0].Code));
    }

    [Fact]
    public void Decode_ManyFaults_StopsAtTwenty()
    {
        var problem = RefusalOfEvents(string.Join(",", Enumerable.Repeat("""{"type":"scalar","tag":"a","step":"x","value":1}""", 100)));
        Assert.Equal(Limits.MaxErrors, problem.Errors!.Count);
        Assert.Equal("/events/19/step", problem.Errors[^1].Pointer);
    }

    [Fact]
    public void Decode_BeyondALimit_IsRefusedWithItsName()
    {
        var small = new ApiLimits { MaxPoints = 3, MaxEvents = 2, MaxTags = 1 };
        Assert.Equal("too_many_points", Code("""{"type":"scalars","tag":"a","steps":[1,2,3,4],"values":[1,2,3,4]}"""));
        Assert.Equal("too_many_tags", Code("""{"type":"scalar","tag":"a","step":1,"value":1},{"type":"scalar","tag":"b","step":1,"value":1}"""));
        Assert.Equal("too_many_events", Code(string.Join(",", Enumerable.Repeat("""{"type":"scalar","tag":"a","step":1,"value":1}""", 3))));

        string Code(string events)
        {
            var body = Encoding.UTF8.GetBytes($$"""{"project":"p","run":"r","events":[{{events}}]}""");
            return Assert.Throws<ApiProblemException>(() => EventsDecoder.Decode(body, small, Now)).Problem.Errors![0].Code;
        }
    }

    [Fact]
    public void Decode_Records_KeepsWhatTheySay()
    {
        var batch = DecodeEvents("""
            {"type":"histogram","tag":"h","step":1,"edges":[-1,0,1],"counts":[3,5]},
            {"type":"embedding","tag":"e","step":2,"vectors":[[0.1,2],[3,"NaN"]],"metadata":{"label":["cat",null]}},
            {"type":"text","tag":"t","step":3,"text":"<b>\ud83d\ude00"},
            {"type":"predictions","tag":"p","step":4,"labels":[1,0],"scores":[[0.5],[0.25]],"losses":[1,2],"ids":["a","b"]},
            {"type":"labels","split":"train","counts":{"cat":900,"dog":100}},
            {"type":"phase","name":"load","started":10,"ended":13.5}
            """);
        Assert.Equal(
            [RecordKind.Histogram, RecordKind.Embedding, RecordKind.Text, RecordKind.Predictions, RecordKind.Labels, RecordKind.Phase],
            batch.Records.Select(record => record.Kind));
        var histogram = HistogramCodec.Decode(batch.Records[0].Payload);
        Assert.Equal([-1.0, 0, 1], histogram.Edges);
        Assert.Equal([3.0, 5], histogram.Counts);
        var (vectors, metadata, _) = EmbeddingCodec.Decode(batch.Records[1].Payload);
        Assert.Equal([0.1, 2, 3, double.NaN], vectors.Values);
        Assert.Equal("""["cat",null]""", metadata["label"].GetRawText());
        Assert.Equal("<b>😀", TextCodec.Decode(batch.Records[2].Payload));
        var predictions = PredictionsCodec.Decode(batch.Records[3].Payload);
        Assert.Equal([1L, 0], predictions.Labels!);
        Assert.Equal([0.5, 0.25], predictions.Scores.Values);
        Assert.Equal([1.0, 2], predictions.Losses!);
        Assert.Equal(["a", "b"], predictions.Ids!);
        Assert.Equal(900, LabelsCodec.Decode(batch.Records[4].Payload)["cat"]);
        Assert.Equal(("train", "load"), (batch.Records[4].Tag, batch.Records[5].Tag));
        Assert.Equal((10, 13.5), PhaseCodec.Decode(batch.Records[5].Payload));
    }

    [Fact]
    public void Decode_Predictions_KeepTargetsClassesAndThumbnails()
    {
        var batch = DecodeEvents("""
            {"type":"predictions","tag":"r","step":1,"targets":[1.5,"NaN"],"scores":[[1],[2]]},
            {"type":"predictions","tag":"c","step":1,"labels":[1],"scores":[[0.2,0.8]],"classes":["cat","dog"],"sprite":{"name":"s.png","width":8,"height":4}}
            """);
        var regression = PredictionsCodec.Decode(batch.Records[0].Payload);
        Assert.Equal((2, 1), (regression.Targets!.Rows, regression.Targets.Columns));
        Assert.Equal([1.5, double.NaN], regression.Targets.Values);
        Assert.Null(regression.Labels);
        var classifier = PredictionsCodec.Decode(batch.Records[1].Payload);
        Assert.Equal(["cat", "dog"], classifier.Classes!);
        Assert.Equal(("s.png", 8, 4), (classifier.Sprite!.Name, classifier.Sprite.Width, classifier.Sprite.Height));
        Assert.Null(classifier.Targets);
    }
}
