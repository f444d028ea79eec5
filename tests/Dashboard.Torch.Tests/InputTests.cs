using System.Text.Json;
using Dashboard.Tensors;

namespace Dashboard.Torch.Tests;

/// <summary>What does not fit is refused with what is wrong and, where there is one, the way out.</summary>
[Collection(TorchGroup.Name)]
public sealed class InputTests(TorchFixture torch)
{
    private static readonly Objective CrossEntropy = new(LossKind.CrossEntropy);

    public static TheoryData<string> Losses =>
    [
        "CrossEntropy", "CrossEntropy/ignored", "CrossEntropy/probabilities", "CrossEntropy/wide", "Nll", "BceWithLogits", "Mse", "L1", "SmoothL1", "Hinge",
        "Hinge/signs", "Output",
    ];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Loss_AgainstPython_AgreesWithAndWithoutWeights(string name)
    {
        using var model = torch.Model("identity");
        var expected = torch.References.GetProperty("losses").GetProperty(name);
        var objective = new Objective(Enum.Parse<LossKind>(name.Split('/')[0]), BatchSize: 8);
        var file = name.Replace('/', '_');
        using var plain = torch.Batch($"loss_{file}");
        using var weighted = torch.Batch($"weighted_{file}");

        var value = model.Evaluate(plain, objective);

        // Single losses are float32, their sum is float64.
        Assert.Equal(expected.GetProperty("mean").GetDouble(), value.Loss, 2e-6);
        Assert.Equal(expected.GetProperty("weighted").GetDouble(), model.Evaluate(weighted, objective).Loss, 2e-6);
        Assert.Equal(expected.GetProperty("accuracy").ValueKind == JsonValueKind.Null ? null : expected.GetProperty("accuracy").GetDouble(), value.Accuracy);
    }

    [Theory]
    [InlineData("mlp", "mlp_bad_class", LossKind.CrossEntropy, "targets hold the class 5")]
    [InlineData("mlp", "mlp_bad_shape", LossKind.CrossEntropy, "forward failed on inputs of shape [203, 7] (Float)")]
    [InlineData("mlp", "mlp_bad_type", LossKind.CrossEntropy, "forward failed on inputs of shape [203, 12] (Byte)")]
    [InlineData("mlp", "mlp_fractions", LossKind.CrossEntropy, "class numbers (int64)")]
    [InlineData("mlp", "mlp_fractions", LossKind.Mse, "a target is needed for each output")]
    [InlineData("mlp", "mlp_fractions", LossKind.Nll, "class numbers (int64)")]
    [InlineData("failing", "four", LossKind.Mse, "this module never works")]
    [InlineData("identity", "loss_Output", LossKind.Mse, "the batch has no targets")]
    [InlineData("identity", "loss_Mse", LossKind.BceWithLogits, "probabilities from 0 to 1")]
    [InlineData("identity", "loss_Mse", LossKind.Hinge, "-1 and 1")]
    [InlineData("own_loss", "four_classes", LossKind.CrossEntropy, "fits only the loss `output`")]
    [InlineData("quadratic", "weighted_Output", LossKind.Output, "one a sample to be weighted")]
    public void Batch_ThatDoesNotFit_IsRefused(string modelName, string batchName, LossKind loss, string says)
    {
        using var model = torch.Model(modelName);
        using var batch = torch.Batch(batchName);

        var error = Assert.Throws<TorchInputException>(() => model.Check(batch, new(loss, BatchSize: 256)));

        Assert.Contains(says, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Module_ThatIsNone_IsRefused()
    {
        File.WriteAllText(torch.PathOf("text.pt"), "no module");
        using (var zip = System.IO.Compression.ZipFile.Open(torch.PathOf("zip.pt"), System.IO.Compression.ZipArchiveMode.Create)) zip.CreateEntry("data.pkl");

        Assert.Contains("no TorchScript module", Assert.Throws<TorchInputException>(() => torch.Model("text")).Message, StringComparison.Ordinal);
        Assert.Contains("no TorchScript module", Assert.Throws<TorchInputException>(() => torch.Model("zip")).Message, StringComparison.Ordinal);
        Assert.Contains("There is no file", Assert.Throws<TorchInputException>(() => torch.Model("absent")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Module_Truncated_IsRefused()
    {
        var bytes = File.ReadAllBytes(torch.PathOf("mlp.pt"));
        File.WriteAllBytes(torch.PathOf("short.pt"), bytes[..(bytes.Length / 2)]);

        Assert.Throws<TorchInputException>(() => torch.Model("short"));
    }

    [Fact]
    public void Module_Frozen_IsRefusedWithTheReason()
    {
        var error = Assert.Throws<TorchInputException>(() => torch.Model("frozen"));

        Assert.Contains("torch.jit.freeze", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Module_ThatSharesAParameter_HasItOnceWithBothNames()
    {
        using var model = torch.Model("tied");

        var parameter = Assert.Single(model.Parameters);
        Assert.Equal(["into.weight", "out.weight"], parameter.Aliases.Prepend(parameter.Name).Order(StringComparer.Ordinal));
        Assert.Equal(36, model.ParameterCount);
    }

    [Fact]
    public void Module_ThatWritesIntoItsInput_GetsAFreshOneEachTime()
    {
        using var model = torch.Model("in_place");
        using var batch = torch.Batch("in_place_batch");
        var expected = torch.References.GetProperty("in_place").GetDouble();

        for (var i = 0; i < 3; i++) Assert.Equal(expected, model.Evaluate(batch, new(LossKind.Mse, BatchSize: 7)).Loss, 1e-5);
    }

    [Fact]
    public void Module_ThatReturnsItsLosses_GetsTheTargetsToo()
    {
        using var model = torch.Model("own_loss");
        using var batch = torch.Batch("own_loss_batch");

        Assert.Equal(torch.References.GetProperty("own_loss").GetDouble(), model.Evaluate(batch, new(LossKind.Output, BatchSize: 8)).Loss, 1e-6);
    }

    [Fact]
    public void Weights_WrittenAndRead_AreTheSame()
    {
        using var model = torch.Model("cnn");
        using var clone = model.Clone();
        var weights = WeightFile.ReadCheckpoint(torch.PathOf("cnn_other.safetensors"), model);
        var before = model.Read();

        clone.Write(weights);

        Assert.Equal(weights.Parameters, clone.Read().Parameters);
        Assert.Equal(weights.Buffers, clone.Read().Buffers);
        Assert.Equal(before.Parameters, model.Read().Parameters);
        Assert.Equal(["norm.running_mean", "norm.running_var"], model.Buffers.Select(buffer => buffer.Name));
        Assert.Throws<TorchInputException>(() => model.Write(new TorchWeights([1], [])));
    }

    [Fact]
    public void Checkpoint_ThatDoesNotMatch_NamesTheParameter()
    {
        using var mlp = torch.Model("mlp");
        using var cnn = torch.Model("cnn");
        File.WriteAllBytes(torch.PathOf("empty.safetensors"), [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);

        // The file was made by adding in float32.
        Assert.Equal(mlp.Read().Parameters.Select(value => value + 0.1), WeightFile.ReadCheckpoint(torch.PathOf("mlp_checkpoint.safetensors"), mlp).Parameters, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Contains("'first.bias'", Refused(() => WeightFile.ReadCheckpoint(torch.PathOf("mlp_lacking.safetensors"), mlp)), StringComparison.Ordinal);
        Assert.Contains("'conv.weight'", Refused(() => WeightFile.ReadCheckpoint(torch.PathOf("mlp_checkpoint.safetensors"), cnn)), StringComparison.Ordinal);
        Assert.Contains("does not know", Refused(() => WeightFile.ReadDirection(torch.PathOf("mlp_checkpoint.safetensors"), cnn)), StringComparison.Ordinal);
        Assert.Contains("no tensor named 'inputs'", Refused(() => torch.Batch("empty")), StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_OfOtherLengths_IsRefused()
    {
        Assert.Contains("3 inputs and 4 targets", Refused(() => torch.Runtime.CreateBatch(Tensor(3), Tensor(4), null)), StringComparison.Ordinal);
        Assert.Contains("one number for each of the 3 samples", Refused(() => torch.Runtime.CreateBatch(Tensor(3), Tensor(3), Tensor(2))), StringComparison.Ordinal);
        Assert.Contains("not negative", Refused(() => torch.Runtime.CreateBatch(Tensor(3), Tensor(3), Tensor(3, -1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Device_ThatIsNotThere_IsRefused()
    {
        Assert.Throws<TorchInputException>(() => torch.Runtime.LoadModel(torch.PathOf("mlp.pt"), "cuda:97"));
    }

    [Fact]
    public void Info_SaysWhatComputes()
    {
        var info = torch.Runtime.Info;

        Assert.Matches("^[0-9]+[.][0-9]+", info.Version);
        Assert.Equal("cpu", info.Devices[0]);
        Assert.Equal(info.Blas == "reference", info.Warning is not null);
    }

    private static TensorData Tensor(int samples, float value = 1)
    {
        var bytes = new byte[4 * samples];
        for (var i = 0; i < samples; i++) BitConverter.TryWriteBytes(bytes.AsSpan(4 * i), value);
        return new TensorData(TensorType.Float32, [samples], bytes);
    }

    private static string Refused(Action act) => Assert.Throws<TorchInputException>(act).Message;
}
