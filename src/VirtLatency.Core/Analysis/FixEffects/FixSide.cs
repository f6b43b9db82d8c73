using VirtLatency.Analysis.Statistics;
using VirtLatency.Model;

namespace VirtLatency.Analysis.FixEffects;

/// <summary>A part before the change, after it, or in the baseline: its mean, and what tests need of it.</summary>
internal sealed class FixSide
{
    private readonly bool _hasCycles;
    private readonly Func<PartEstimate?> _within;
    private readonly Lazy<IReadOnlyList<(int? Cycle, MeanEstimate Mean)>> _runs;
    private readonly Lazy<PartEstimate?> _byRuns;

    private FixSide(double meanUs, long count, int runCount, double stepUs, bool hasCycles, Func<PartEstimate?> within, Func<IReadOnlyList<(int? Cycle, MeanEstimate Mean)>> runs)
    {
        (MeanUs, Count, RunCount, StepUs, _hasCycles, _within) = (meanUs, count, runCount, stepUs, hasCycles, within);
        _runs = new Lazy<IReadOnlyList<(int? Cycle, MeanEstimate Mean)>>(runs);
        _byRuns = new Lazy<PartEstimate?>(() => RunEstimate.Of([.. _runs.Value.Select(run => run.Mean)]) is { } all
            ? new PartEstimate { Mean = all.Estimate, Basis = ErrorBasis.Runs, RunCount = all.RunCount, Units = [], Runs = all }
            : null);
    }

    /// <summary>Mean in us.</summary>
    public double MeanUs { get; }

    /// <summary>Samples behind it.</summary>
    public long Count { get; }

    /// <summary>Runs that have every log of the part.</summary>
    public int RunCount { get; }

    /// <summary>The smallest step in us that the logs can print; 0 where it is not known.</summary>
    public double StepUs { get; }

    /// <summary>Whether the runs can be the unit of a test.</summary>
    public bool HasRuns => RunCount >= RunEstimate.LeastRuns;

    /// <summary>A part of an environment; its logs may belong to crossover cycles.</summary>
    public static FixSide Of(EnvironmentFigures figures, SegmentLatency row)
    {
        PartSamples samples = SampleSource.Of(figures, row);
        return new FixSide(
            row.MeanUs!.Value,
            row.SampleCount,
            PartEstimator.RunCountOf(samples.Roles),
            SampleSource.StepOf(figures, row),
            LogsOf(figures, row).Any(log => log.Cycle is not null),
            () => PartEstimator.Within(samples.Roles, samples.Joined) is { } own ? own with { Units = [] } : null,
            () => WithCycles(figures, row, PartEstimator.RunMeans(samples.Roles)));
    }

    /// <summary>A workload's runs: a value each, and nothing is known inside them.</summary>
    public static FixSide? OfRuns(IReadOnlyList<(int? Cycle, double Us)> runs)
    {
        if (runs.Count == 0)
        {
            return null;
        }

        (int? Cycle, MeanEstimate Mean)[] means = [.. runs.Select(run => (run.Cycle, MeanEstimate.Of([run.Us])!))];
        return new FixSide(runs.Average(run => run.Us), runs.Count, runs.Count, 0, hasCycles: true, () => null, () => means);
    }

    /// <summary>The mean in us of the runs' means, each run counted once.</summary>
    public double RunMeanUs => _runs.Value.Average(run => run.Mean.MeanUs);

    /// <summary>Runs whose cycle the other side does not have.</summary>
    public int RunsOutside(FixSide other) => _runs.Value.Count(run => run.Cycle is not { } cycle || !other.Cycles().ContainsKey(cycle));

    /// <summary>The mean of the runs' means, or of the samples.</summary>
    public PartEstimate? EstimateOf(bool byRuns) => byRuns ? _byRuns.Value : _within();

    /// <summary>The mean of each crossover cycle in us.</summary>
    public IReadOnlyDictionary<int, double> Cycles() =>
        (_hasCycles ? _runs.Value : []).Where(run => run.Cycle is not null).GroupBy(run => run.Cycle!.Value).ToDictionary(cycle => cycle.Key, cycle => cycle.Average(run => run.Mean.MeanUs));

    private static IEnumerable<EnvironmentLog> LogsOf(EnvironmentFigures figures, SegmentLatency row) => row.Terms.Select(term => term.Role).Distinct().SelectMany(figures.Logs);

    private static IReadOnlyList<(int? Cycle, MeanEstimate Mean)> WithCycles(EnvironmentFigures figures, SegmentLatency row, IReadOnlyList<(string Run, MeanEstimate Mean)> runs)
    {
        var cycles = new Dictionary<string, int?>();
        foreach (EnvironmentLog log in LogsOf(figures, row))
        {
            foreach (string run in log.Runs)
            {
                cycles[run] = log.Cycle;
            }
        }

        return [.. runs.Select(run => (cycles.GetValueOrDefault(run.Run), run.Mean))];
    }
}
