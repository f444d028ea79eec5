using static Dashboard.Analysis.Tests.MadeCurves;

namespace Dashboard.Analysis.Tests;

/// <summary>Rule sets: what ships, what is laid over it, what is refused.</summary>
public sealed class RuleSetTests
{
    private const string Own = """
        { "rules": [ { "id": "gpu_hot", "code": "gpu_hot", "scope": "scalar", "severity": "warning", "tags": ["system/gpu/*/temperature"],
          "parameters": { "limit": 85 }, "when": "last > limit", "confidence": 1, "sentence": "{tag} is at {last} degrees." } ] }
        """;

    [Fact]
    public void Default_Knows_EveryCodeOfTheInterface()
    {
        string[] codes =
        [
            "converging", "converged", "plateau", "diverging", "non_finite", "oscillating", "not_falling", "overfitting", "underfitting", "vanishing_gradients", "exploding_gradients", "dead_units",
            "class_imbalance", "split_shift", "early_stop",
        ];

        Assert.Equal(codes.Order(), RuleSet.Default.Rules.Select(rule => rule.Code).Distinct().Order());
    }

    [Fact]
    public void Default_Speaks_BothLanguagesThroughout()
    {
        foreach (var rule in RuleSet.Default.Rules)
        {
            Assert.True(rule.Sentence.Zh is not null && rule.Doc.Zh is not null && rule.Try.Count > 0 && rule.Try.All(text => text.Zh is not null), rule.Id);
            Assert.All(rule.Parameters, parameter => Assert.True(parameter.What.Zh is not null && parameter.Value >= parameter.Minimum && parameter.Value <= parameter.Maximum, rule.Id));
        }
    }

    [Fact]
    public void Default_WrittenAndReadAgain_IsTheSame()
    {
        var again = RuleSet.Parse($$"""{ "rules": [{{string.Join(",", RuleSet.Default.Rules.Select(rule => rule.Json))}}] }""");

        Assert.Equal(RuleSet.Default.Rules.Select(rule => rule.Json), again.Rules.Select(rule => rule.Json));
    }

    [Fact]
    public void Overlay_SwitchesOff()
    {
        var rules = RuleSet.Default.With("""{ "rules": [ { "id": "not_falling", "enabled": false } ] }""");
        var signals = new RunSignals { Curves = [Curve("loss", 60, _ => 2.3, 0.01)] };

        Assert.Contains(Diagnosis.Read(signals, RuleSet.Default), finding => finding.Code == "not_falling");
        Assert.DoesNotContain(Diagnosis.Read(signals, rules), finding => finding.Code == "not_falling");
    }

    [Fact]
    public void Overlay_TunesAParameter_AndKeepsItsBounds()
    {
        var rules = RuleSet.Default.With("""{ "rules": [ { "id": "overfitting_rising", "parameters": { "alpha": 500 } } ] }""");
        var alpha = rules.Rules.Single(rule => rule.Id == "overfitting_rising").Parameters.Single(parameter => parameter.Name == "alpha");

        Assert.Equal((500, 1000), (alpha.Value, alpha.Maximum));
        Assert.Contains("Prechelt", alpha.What.En, StringComparison.Ordinal);
        var fault = Assert.Single(Assert.Throws<RuleException>(() => RuleSet.Default.With("""{ "rules": [ { "id": "overfitting_rising", "parameters": { "alpha": -1 } } ] }""")).Faults);
        Assert.Equal("/rules/0/parameters/alpha/value", fault.Pointer);
    }

    [Fact]
    public void Overlay_AddsARule_WithoutTheEngineKnowing()
    {
        var rules = RuleSet.Default.With(Own);

        var found = Diagnosis.Read(new RunSignals { Curves = [Values("system/gpu/0/temperature", 80, 90), Values("system/gpu/1/temperature", 80, 80), Values("system/cpu_percent", 99, 99)] }, rules);

        var finding = Assert.Single(found);
        Assert.Equal(("gpu_hot", "system/gpu/0/temperature is at 90 degrees."), (finding.Code, finding.Sentence.In("zh")));
        Assert.Equal(90, finding.Numbers["last"]);
    }

    [Fact]
    public void Overlay_OfTheSameCode_IsHeardFirst()
    {
        var rules = RuleSet.Default.With("""{ "rules": [ { "id": "mine", "code": "non_finite", "scope": "curve", "severity": "info", "when": "non_finite_count > 0", "confidence": 0.4, "sentence": "Ours." } ] }""");

        var finding = Assert.Single(Diagnosis.Read(new RunSignals { Curves = [Values("loss", 1, double.NaN, double.NaN)] }, rules));

        Assert.Equal(("mine", 0.4), (finding.Rule, finding.Confidence));
    }

    [Theory]
    [InlineData("[]", "/rules")]
    [InlineData("{", "")]
    [InlineData("""{ "rules": {} }""", "/rules")]
    [InlineData("""{ "rules": [ 3 ] }""", "/rules/0")]
    [InlineData("""{ "rules": [ { "id": "Bad Id" } ] }""", "/rules/0/id")]
    [InlineData("""{ "rules": [ { "id": "a", "scope": "moon" } ] }""", "/rules/0/scope")]
    [InlineData("""{ "rules": [ { "id": "plateau", "severity": "fatal" } ] }""", "/rules/0/severity")]
    [InlineData("""{ "rules": [ { "id": "plateau", "enabled": 1 } ] }""", "/rules/0/enabled")]
    [InlineData("""{ "rules": [ { "id": "plateau", "wen": "1" } ] }""", "/rules/0/wen")]
    [InlineData("""{ "rules": [ { "id": "plateau", "when": "fall >" } ] }""", "/rules/0/when")]
    [InlineData("""{ "rules": [ { "id": "plateau", "when": true } ] }""", "/rules/0/when")]
    [InlineData("""{ "rules": [ { "id": "plateau", "sentence": { "en": "{nothing}" } } ] }""", "/rules/0/sentence")]
    [InlineData("""{ "rules": [ { "id": "plateau", "sentence": { "en": "{fall:furlong}" } } ] }""", "/rules/0/sentence")]
    [InlineData("""{ "rules": [ { "id": "plateau", "sentence": { "en": "{fall" } } ] }""", "/rules/0/sentence")]
    [InlineData("""{ "rules": [ { "id": "plateau", "sentence": { "zh": "?" } } ] }""", "/rules/0/sentence/en")]
    [InlineData("""{ "rules": [ { "id": "plateau", "try": { "en": ["a"], "zh": [] } } ] }""", "/rules/0/try/zh")]
    [InlineData("""{ "rules": [ { "id": "plateau", "parameters": { "share": "much" } } ] }""", "/rules/0/parameters/share/value")]
    [InlineData("""{ "rules": [ { "id": "plateau", "parameters": { "A/b": 1 } } ] }""", "/rules/0/parameters/A~1b")]
    [InlineData("""{ "rules": [ { "id": "plateau", "evidence": [ { "kind": "line" } ] } ] }""", "/rules/0/evidence/0/label")]
    [InlineData("""{ "rules": [ { "id": "plateau", "evidence": [ { "kind": "range", "label": "a", "from": "nowhere" } ] } ] }""", "/rules/0/evidence/0/from")]
    [InlineData("""{ "rules": [ { "id": "plateau", "most": 0 } ] }""", "/rules/0/most")]
    [InlineData("""{ "rules": [ { "id": "plateau", "scope": "scalar" } ] }""", "/rules/0/tags")]
    [InlineData("""{ "rules": [ { "id": "plateau" }, { "id": "plateau" } ] }""", "/rules/1/id")]
    public void Overlay_ThatCannotBeUsed_IsRefusedWithItsPointer(string json, string pointer)
    {
        var refused = Assert.Throws<RuleException>(() => RuleSet.Default.With(json));

        Assert.Contains(pointer, refused.Faults.Select(fault => fault.Pointer));
        Assert.All(refused.Faults, fault => Assert.NotEmpty(fault.Message));
    }

    [Fact]
    public void Overlay_WithSeveralFaults_TellsThemAll()
    {
        var refused = Assert.Throws<RuleException>(() => RuleSet.Default.With("""{ "rules": [ { "id": "plateau", "when": "fal", "most": -1 }, { "id": "converged", "severity": "x" } ] }"""));

        // A rule whose condition cannot be read is not read further.
        Assert.Equal(["/rules/0/when", "/rules/1/severity"], refused.Faults.Select(fault => fault.Pointer));
        Assert.Equal(0, refused.Faults[0].At);
    }

    [Fact]
    public void Most_KeepsTheSurest()
    {
        var rules = RuleSet.Parse("""{ "rules": [ { "id": "low", "code": "low", "scope": "scalar", "severity": "info", "tags": ["*"], "most": 2, "when": "1", "confidence": "last / 10", "sentence": "{tag}" } ] }""");

        var found = Diagnosis.Read(new RunSignals { Curves = [Values("a", 3), Values("b", 5), Values("c", 4), Values("d", 0)] }, rules);

        Assert.Equal(["b", "c"], found.Select(finding => finding.Tag));
    }

    [Theory]
    [InlineData("a/*/c", "a/b/c", true)]
    [InlineData("a/*/c", "a/c", false)]
    [InlineData("*loss", "train/loss", true)]
    [InlineData("*a*a", "a", false)]
    [InlineData("loss", "loss2", false)]
    [InlineData("*", "", true)]
    public void TagPattern_MatchesWhatAStarStandsFor(string pattern, string tag, bool matches) => Assert.Equal(matches, TagPattern.Matches(pattern, tag));

    [Theory]
    [InlineData("""{"rules":[{"id":"plateau","parameters":{"rise":1,"rise":2}}]}""")]
    [InlineData("""{"rules":[{"id":"plateau","id":"diverging"}]}""")]
    [InlineData("""{"rules":[{"id":"\uD800"}]}""")]
    [InlineData("""{"rules":[{"\uD800":1}]}""")]
    public void With_NamesTwiceOrHalfCharacters_IsRefused(string json) => Assert.Throws<RuleException>(() => RuleSet.Default.With(json));
}
