using System.Runtime.InteropServices;
using VirtLatency.Analysis.Statistics;
using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>
/// Estimates the parts of one environment. With runs as the unit: the mean of the runs' means, each run counted once.
/// Within runs: columns of one log added up per packet; columns of several logs per joined packet, else with the bound of
/// their errors.
/// </summary>
internal static class PartEstimator
{
    /// <summary>Runs from which on their means carry a test.</summary>
    public const int LeastRuns = 3;

    /// <summary>Runs that have every log of the part.</summary>
    public static int RunCountOf(IReadOnlyList<RoleSamples> roles) => CommonRuns(roles).Count;

    /// <summary>The means of runs that have every log of the part, by the run's name.</summary>
    public static IReadOnlyList<(string Run, MeanEstimate Mean)> RunMeans(IReadOnlyList<RoleSamples> roles) => [.. CommonRuns(roles).Select(name => (name, RunMean(roles, name)))];

    /// <summary>The mean of the means of runs that have every log of the part.</summary>
    public static PartEstimate? ByRuns(IReadOnlyList<RoleSamples> roles)
    {
        MeanEstimate[] means = [.. RunMeans(roles).Select(run => run.Mean)];
        return RunEstimate.Of(means) is not { } runs ? null : new PartEstimate
        {
            Mean = runs.Estimate,
            Basis = ErrorBasis.Runs,
            RunCount = runs.RunCount,
            Units = [.. means.Select(mean => mean.MeanUs)],
            WithinVariance = roles.Count == 1 ? runs.WithinVariance : null,
            Runs = runs,
        };
    }

    /// <summary>The mean of the samples at hand.</summary>
    /// <param name="roles">The part's samples, role by role.</param>
    /// <param name="joined">The part per packet, by run in packet order, where its logs join; null where they do not.</param>
    public static PartEstimate? Within(IReadOnlyList<RoleSamples> roles, RoleSamples? joined)
    {
        if (roles.Count == 0)
        {
            return null;
        }

        if (joined is not null || roles.Count == 1)
        {
            return OfOne(joined ?? roles[0], joined is null ? ErrorBasis.Samples : ErrorBasis.Joined);
        }

        PartEstimate[] parts = [.. roles.Select(role => OfOne(role, ErrorBasis.Samples)).OfType<PartEstimate>()];
        bool whole = parts.Length == roles.Count && Array.TrueForAll(parts, part => part.Mean is not null);
        return new PartEstimate
        {
            Mean = whole ? LinearCombination.Bound([.. parts.Select(part => (1.0, part.Mean!.Value))]) : null,
            Basis = ErrorBasis.Bound,
            RunCount = parts.Select(part => part.RunCount).DefaultIfEmpty(0).Min(),
            Units = [],
            IsUnordered = Array.Exists(parts, part => part.IsUnordered),
        };
    }

    /// <summary>Runs of one log are independent of each other; the mean weighs each by its samples, as the breakdown's does.</summary>
    private static PartEstimate? OfOne(RoleSamples role, ErrorBasis basis)
    {
        long count = role.Count;
        (double Weight, MeanEstimate? Run)[] runs = [.. role.Runs.Select(run => ((double)run.Count / count, EstimateOf(run)))];
        if (runs.Length == 0)
        {
            return null;
        }

        bool whole = Array.TrueForAll(runs, run => run.Run?.Estimate is not null);
        return new PartEstimate
        {
            Mean = whole ? LinearCombination.Of([.. runs.Select(run => (run.Weight, run.Run!.Estimate!.Value))]) : null,
            Basis = basis,
            RunCount = runs.Length,
            Units = [.. role.Runs.SelectMany(run => run.Values)],
            EffectiveCount = whole ? runs.Sum(run => run.Run!.EffectiveCount) : null,
            WithinVariance = whole ? runs.Sum(run => (run.Run!.Count - 1) * run.Run.Variance!.Value) / runs.Sum(run => run.Run!.Count - 1) : null,
            IsUnordered = role.Runs.Any(run => !run.IsOrdered),
        };
    }

    /// <summary>A reservoir's choice gives the spread, all samples the mean and the count.</summary>
    private static MeanEstimate? EstimateOf(RunSamples run)
    {
        if (run.IsOrdered)
        {
            return MeanEstimate.Of(SpanOf(run.Values));
        }

        return run.Values.Count < 2 ? null : MeanEstimate.OfMoments(run.Count, run.MeanUs, MeanEstimate.MomentsOf(SpanOf(run.Values)).Variance * (run.Count - 1));
    }

    /// <summary>One run's mean of a part of several logs; its own spread is known only where one log gives it.</summary>
    private static MeanEstimate RunMean(IReadOnlyList<RoleSamples> roles, string name)
    {
        RunSamples[] runs = [.. roles.Select(role => role.Runs.First(run => run.Run == name))];
        return runs.Length == 1 && EstimateOf(runs[0]) is { } single
            ? single
            : new MeanEstimate { Count = runs.Min(run => run.Count), MeanUs = runs.Sum(run => run.MeanUs), Variance = null, EffectiveCount = 1, DegreesOfFreedom = 0 };
    }

    private static IReadOnlyList<string> CommonRuns(IReadOnlyList<RoleSamples> roles) => roles.Count == 0
        ? []
        : [.. roles.Select(role => role.Runs.Select(run => run.Run)).Aggregate((common, own) => common.Intersect(own))];

    private static ReadOnlySpan<double> SpanOf(IReadOnlyList<double> values) => values is List<double> list ? CollectionsMarshal.AsSpan(list) : (double[])[.. values];
}
