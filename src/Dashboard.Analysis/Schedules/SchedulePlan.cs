namespace Dashboard.Analysis;

/// <summary>The course that a configuration announces.</summary>
/// <param name="Course">The course; null where none can be told.</param>
/// <param name="Total">Steps in all, where the configuration says them.</param>
/// <param name="Why">Why there is none: <c>no_schedule</c>, <c>unknown_schedule</c>, <c>no_rate</c>, <c>depends</c> on the loss, <c>no_length</c>, <c>no_epoch</c> length; null where there is one.</param>
/// <param name="Named">What the configuration calls it.</param>
public sealed record SchedulePlan(ScheduleCourse? Course, double? Total, string? Why, string? Named)
{
    // PyTorch's own values where a configuration leaves them out.
    private const double Gamma = 0.1;
    private const double CyclicUp = 2000;
    private const double PctStart = 0.3;
    private const double DivFactor = 25;
    private const double FinalDivFactor = 1e4;

    /// <summary>Reads the plan from a configuration. Steps begin at 0; a schedule that counts epochs is laid out in steps.</summary>
    public static SchedulePlan Of(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var total = settings.Total?.Number;
        if (settings.Schedule is not { Text: { } named } schedule) return new SchedulePlan(null, total, "no_schedule", null);
        var name = TrainingSettings.Plain(named[(named.LastIndexOf('.') + 1)..]);
        if (name.Contains("plateau", StringComparison.Ordinal)) return new SchedulePlan(null, total, "depends", named);
        if (settings.LearningRate?.Number is not { } rate || !(rate > 0)) return new SchedulePlan(null, total, "no_rate", named);
        var (course, why) = Laid(name, rate, settings, new Lengths(settings));
        return new SchedulePlan(course, total, why, named);
    }

    private static (ScheduleCourse? Course, string? Why) Laid(string name, double rate, TrainingSettings settings, Lengths lengths)
    {
        bool Is(string part) => name.Contains(part, StringComparison.Ordinal);
        double Or(double usual, params ReadOnlySpan<string> names) => settings.Number(names)?.Number ?? usual;
        var low = Or(0, "eta_min", "min_lr", "lr_min", "final_lr", "end_lr");
        var gamma = Or(Gamma, "gamma", "lr_gamma", "decay_rate", "factor");
        if (Is("onecycle")) return lengths.Of(settings.Total) is { } cycle ? (OneCycle(Or(rate, "max_lr"), cycle, settings), null) : (null, lengths.Why);
        if (Is("restart")) return lengths.Of(settings.Number("T_0", "first_cycle_steps", "cycle_length")) is { } first ? (Restarts(rate, low, first, Or(1, "T_mult", "cycle_mult")), null) : (null, lengths.Why);
        if (Is("cyclic")) return Cyclic(settings, lengths, rate);
        var (warmUp, whyWarm) = lengths.WarmUp(rate);
        if (whyWarm is not null) return (null, whyWarm);
        var start = warmUp?.End ?? 0;
        ScheduleCourse Body(ScheduleKind kind, Dictionary<string, double> parameters, Func<double, double> at) => new(kind, parameters, step => at(Math.Max(0, step - start)), warmUp);
        if (Is("cosine"))
        {
            if ((lengths.Of(settings.Number("T_max", "cosine_steps")) ?? lengths.Rest(start)) is not { } period) return (null, lengths.Why);
            return (Body(ScheduleKind.Cosine, new() { ["rate"] = rate, ["min"] = low, ["period"] = period }, step => low + (rate - low) * (1 + Math.Cos(Math.PI * lengths.Held(step) / period)) / 2), null);
        }

        if (Is("multistep") || Is("milestone"))
        {
            if (lengths.All(settings.List("milestones", "lr_steps", "decay_steps")) is not { } at) return (null, lengths.Why);
            var drops = at.Select(step => step + start).ToList();
            return (new ScheduleCourse(ScheduleKind.Drops, new Dictionary<string, double> { ["rate"] = rate, ["factor"] = gamma, ["to"] = rate * Math.Pow(gamma, at.Count) },
                step => rate * Math.Pow(gamma, drops.Count(drop => drop <= step)), warmUp, drops), null);
        }

        if (Is("step"))
        {
            if (lengths.Of(settings.Number("step_size", "lr_step_size", "decay_steps", "decay_epochs")) is not { } period) return (null, lengths.Why);
            return (Body(ScheduleKind.Step, new() { ["rate"] = rate, ["factor"] = gamma, ["period"] = period }, step => rate * Math.Pow(gamma, Math.Floor(step / period + 1e-9))), null);
        }

        if (Is("exp"))
        {
            var unit = lengths.Unit(null);
            return unit is not { } each ? (null, lengths.Why)
                : (Body(ScheduleKind.Exponential, new() { ["rate"] = rate, ["factor"] = gamma, ["every"] = each }, step => rate * Math.Pow(gamma, Math.Floor(step / each + 1e-9))), null);
        }

        if (Is("poly"))
        {
            if ((lengths.Of(settings.Number("total_iters", "decay_steps")) ?? lengths.Rest(start)) is not { } length) return (null, lengths.Why);
            var power = Or(1, "power");
            return (Body(ScheduleKind.Polynomial, new() { ["rate"] = rate, ["steps"] = length, ["power"] = power },
                step => low + (rate - low) * Math.Pow(Math.Max(0, 1 - lengths.Held(step) / length), power)), null);
        }

        if (Is("invsqrt") || Is("inversesq") || Is("noam") || Is("rsqrt"))
        {
            var origin = Math.Max(1, start);
            return (new ScheduleCourse(ScheduleKind.InverseRoot, new Dictionary<string, double> { ["rate"] = rate, ["from_step"] = 0 }, step => rate * Math.Sqrt(origin / Math.Max(origin, step)), warmUp), null);
        }

        if (Is("linear"))
        {
            // PyTorch's goes from a factor to another and stays; that of other frameworks falls to zero at the end of the training.
            var own = settings.Number("start_factor", "end_factor", "total_iters") is not null;
            if ((own ? lengths.Of(settings.Number("total_iters") ?? new TrainingSetting("total_iters", 5)) : lengths.Rest(start)) is not { } length) return (null, lengths.Why);
            var (from, to) = own ? (rate * Or(1.0 / 3, "start_factor"), rate * Or(1, "end_factor")) : (rate, low);
            return (Body(ScheduleKind.Linear, new() { ["rate"] = from, ["to"] = to, ["steps"] = length }, step => from + (to - from) * Math.Min(1, lengths.Held(step) / length)), null);
        }

        return Is("const") || Is("none") || Is("fixed") ? (Body(ScheduleKind.Constant, new() { ["rate"] = rate }, _ => rate), null) : (null, "unknown_schedule");
    }

    private static ScheduleCourse OneCycle(double peak, double total, TrainingSettings settings)
    {
        double Or(double usual, string name) => settings.Number(name)?.Number ?? usual;
        var (start, end) = (peak / Or(DivFactor, "div_factor"), peak / Or(DivFactor, "div_factor") / Or(FinalDivFactor, "final_div_factor"));
        // As PyTorch counts: both phases end one step early, so that the last step has the last rate.
        var top = Or(PctStart, "pct_start") * total - 1;
        var length = total - 1 - top;
        return new ScheduleCourse(ScheduleKind.Cosine, new Dictionary<string, double> { ["rate"] = peak, ["min"] = end, ["period"] = length },
            step => end + (peak - end) * (1 + Math.Cos(Math.PI * Math.Clamp((step - top) / length, 0, 1))) / 2, new ScheduleWarmUp("cosine", start, peak, 0, top));
    }

    private static ScheduleCourse Restarts(double rate, double low, double first, double multiplier)
    {
        double At(double step) => low + (rate - low) * (1 + Math.Cos(Math.PI * CycleFits.Along(step, first, multiplier))) / 2;
        return new ScheduleCourse(ScheduleKind.CosineRestarts, new Dictionary<string, double> { ["rate"] = rate, ["min"] = low, ["period"] = first, ["multiplier"] = multiplier }, At);
    }

    private static (ScheduleCourse? Course, string? Why) Cyclic(TrainingSettings settings, Lengths lengths, double rate)
    {
        var (low, high) = (settings.Number("base_lr")?.Number ?? rate, settings.Number("max_lr")?.Number);
        if (high is not { } peak) return (null, "no_rate");
        if (lengths.Of(settings.Number("step_size_up") ?? new TrainingSetting("step_size_up", CyclicUp)) is not { } up) return (null, lengths.Why);
        var down = lengths.Of(settings.Number("step_size_down")) ?? up;
        return (new ScheduleCourse(ScheduleKind.Cyclic, new Dictionary<string, double> { ["rate"] = peak, ["min"] = low, ["period"] = up + down, ["steps"] = up }, step =>
        {
            var along = Math.Max(0, step) % (up + down);
            return low + (peak - low) * (along <= up ? along / up : 1 - (along - up) / down);
        }), null);
    }

    /// <summary>Lengths in logged steps, whatever the configuration counts them in.</summary>
    private sealed class Lengths(TrainingSettings settings)
    {
        private double? _each = 1;

        public string Why { get; private set; } = "no_length";

        /// <summary>A length in steps; null where it is not said, or counts epochs of unknown length.</summary>
        public double? Of(TrainingSetting? setting)
        {
            if (setting?.Number is not { } length || !(length > 0)) return null;
            if (ReferenceEquals(setting, settings.Total)) return length;
            return Unit(length) is { } unit ? length * unit : null;
        }

        public List<double>? All(TrainingSetting? list)
        {
            if (list?.List is not { Count: > 0 } all || Unit(all.Max()) is not { } unit) return null;
            return [.. all.Select(one => one * unit)];
        }

        /// <summary>What is left of the training after a step.</summary>
        public double? Rest(double start) => settings.Total?.Number is { } total && total > start ? total - start : null;

        /// <summary>The step at which the rate changed last: a schedule that counts epochs stands still within one.</summary>
        public double Held(double step) => _each is > 1 and var each ? Math.Floor(step / each + 1e-9) * each : step;

        /// <summary>Logged steps of one step of the schedule: it counts epochs where it says so, or where its length is no more than there are epochs.</summary>
        public double? Unit(double? length)
        {
            var interval = settings.Named("interval", "scheduler_interval", "step_per", "schedule_unit")?.Text ?? "";
            var epochs = interval.StartsWith("epoch", StringComparison.OrdinalIgnoreCase)
                || !interval.StartsWith("step", StringComparison.OrdinalIgnoreCase) && settings.Epochs?.Number is { } count && (length is null || length <= count);
            if (!epochs) return _each = 1;
            _each = settings.StepsPerEpoch?.Number;
            if (_each is null) Why = "no_epoch";
            return _each;
        }

        public (ScheduleWarmUp? Rise, string? Why) WarmUp(double rate)
        {
            var from = settings.Number("warmup_start_lr", "warmup_init_lr", "warmup_lr")?.Number ?? rate * (settings.Number("warmup_factor", "warmup_start_factor")?.Number ?? 0);
            if (Length() is not { } length) return (null, null);
            return double.IsNaN(length) ? (null, "no_epoch") : (new ScheduleWarmUp("linear", from, rate, 0, length), null);
        }

        // NaN where it is said in a unit whose length is not.
        private double? Length()
        {
            if (settings.Number("warmup_steps", "num_warmup_steps", "warmup_iters", "warmup_iterations")?.Number is { } steps) return steps > 0 ? steps : null;
            if (settings.Number("warmup_epochs")?.Number is { } epochs) return epochs > 0 ? epochs * (settings.StepsPerEpoch?.Number ?? double.NaN) : null;
            var share = settings.Number("warmup_ratio", "warmup_fraction", "warmup_proportion") ?? (settings.Number("warmup") is { Number: < 1 } small ? small : null);
            if (share?.Number is { } part) return part > 0 ? part * (settings.Total?.Number ?? double.NaN) : null;
            return settings.Number("warmup")?.Number is > 0 and var plain ? plain : null;
        }
    }
}
