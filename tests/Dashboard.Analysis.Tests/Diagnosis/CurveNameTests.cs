namespace Dashboard.Analysis.Tests;

/// <summary>What tags say.</summary>
public sealed class CurveNameTests
{
    [Theory]
    [InlineData("train/loss", CurveRole.Loss, CurveSplit.Training, "loss")]
    [InlineData("val_loss", CurveRole.Loss, CurveSplit.Validation, "loss")]
    [InlineData("eval/loss", CurveRole.Loss, CurveSplit.Validation, "loss")]
    [InlineData("loss", CurveRole.Loss, CurveSplit.Unsaid, "loss")]
    [InlineData("Loss/test", CurveRole.Loss, CurveSplit.Validation, "loss")]
    [InlineData("trainLoss", CurveRole.Loss, CurveSplit.Training, "loss")]
    [InlineData("train_loss_step", CurveRole.Loss, CurveSplit.Training, "loss")]
    [InlineData("train/loss/data", CurveRole.Loss, CurveSplit.Training, "data loss")]
    [InlineData("val/cross_entropy", CurveRole.Loss, CurveSplit.Validation, "cross entropy")]
    [InlineData("val/rmse", CurveRole.Loss, CurveSplit.Validation, "rmse")]
    [InlineData("epoch_accuracy", CurveRole.Score, CurveSplit.Unsaid, "accuracy")]
    [InlineData("validation/AUC", CurveRole.Score, CurveSplit.Validation, "auc")]
    public void Of_AQualityCurve_KnowsRoleSplitAndKey(string tag, CurveRole role, CurveSplit split, string key)
    {
        var name = CurveName.Of(tag);

        Assert.Equal((role, split, key), (name.Role, name.Split, name.Key));
    }

    [Theory]
    [InlineData("train/loss/l2")]
    [InlineData("kl_loss")]
    [InlineData("loss_scale")]
    [InlineData("policy_loss")]
    [InlineData("discriminator/loss")]
    [InlineData("weights/norm")]
    [InlineData("epoch")]
    [InlineData("")]
    [InlineData("///")]
    public void Of_AnythingElse_IsOther(string tag) => Assert.Equal(CurveRole.Other, CurveName.Of(tag).Role);

    [Theory]
    [InlineData("lr")]
    [InlineData("train/lr")]
    [InlineData("optim/learning_rate")]
    [InlineData("lr-Adam")]
    public void Of_ALearningRate_KnowsIt(string tag) => Assert.Equal(CurveRole.LearningRate, CurveName.Of(tag).Role);

    [Theory]
    [InlineData("gradients/conv1.weight/norm", CurveRole.GradientNorm, "conv1")]
    [InlineData("gradients/layers.0.bias/norm", CurveRole.GradientNorm, "layers.0")]
    [InlineData("gradients/conv1.weight/update_ratio", CurveRole.UpdateRatio, "conv1")]
    [InlineData("gradients/conv1.weight/size", CurveRole.GradientSize, "conv1")]
    [InlineData("gradients/conv1.weight/cosine", CurveRole.Other, "conv1")]
    [InlineData("gradients/conv1.weight/non_finite", CurveRole.Other, null)]
    [InlineData("gradients/norm", CurveRole.GradientNorm, null)]
    [InlineData("train/grad_norm", CurveRole.GradientNorm, null)]
    [InlineData("fc1/grad_norm", CurveRole.GradientNorm, "fc1")]
    [InlineData("grads/conv1", CurveRole.GradientNorm, "conv1")]
    [InlineData("grad_2.0_norm/fc1.weight", CurveRole.GradientNorm, "fc1")]
    [InlineData("activations/relu1/dead_share", CurveRole.DeadShare, "relu1")]
    public void Of_ALayersCurve_KnowsRoleAndLayer(string tag, CurveRole role, string? layer)
    {
        var name = CurveName.Of(tag);

        Assert.Equal(role, name.Role);
        if (role != CurveRole.Other)
            Assert.Equal(layer, name.Layer);
    }
}
