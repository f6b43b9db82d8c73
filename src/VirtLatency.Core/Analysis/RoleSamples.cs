using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>What the logs of one role say of a part: columns that one clock measured, added up per sample.</summary>
/// <param name="Role">The role.</param>
/// <param name="Runs">Its runs, in order of their names.</param>
internal sealed record RoleSamples(LogRole Role, IReadOnlyList<RunSamples> Runs)
{
    /// <summary>Samples behind the mean.</summary>
    public long Count => Runs.Sum(run => run.Count);

    /// <summary>The samples of a part, role by role.</summary>
    /// <param name="figures">The environment.</param>
    /// <param name="terms">The part's columns.</param>
    /// <param name="completeOnly">Only samples that have every stored value the tool prints.</param>
    public static IReadOnlyList<RoleSamples> Of(EnvironmentFigures figures, IReadOnlyList<PathTerm> terms, bool completeOnly) =>
        [.. terms.GroupBy(term => term.Role).Select(role => new RoleSamples(role.Key, [.. figures.DistinctLogs(role.Key).SelectMany(log => RunsOf(log, [.. role], completeOnly)).OrderBy(run => run.Run, StringComparer.Ordinal)]))];

    private static IEnumerable<RunSamples> RunsOf(EnvironmentLog log, PathTerm[] terms, bool completeOnly) =>
        log.Store.HasMeans ? PrintedMeans(log, terms) : SampledRuns(log, terms, completeOnly);

    private static IEnumerable<RunSamples> SampledRuns(EnvironmentLog log, PathTerm[] terms, bool completeOnly)
    {
        // A value that a record could not hold is right in the mean only: an interval of what was kept would not be the mean's.
        if (log.Store.IsAggregate || log.Store.HasClampedInMeans)
        {
            return AddedUpRun(log, terms, completeOnly);
        }

        IReadOnlyDictionary<int, List<double>> series = log.Store.SeriesOf(terms, Restricts(terms, completeOnly));
        if (!log.Store.IsReservoir)
        {
            return series.Select(run => new RunSamples(log.RunName(run.Key), run.Value, run.Value.Count, run.Value.Average(), true));
        }

        // Count and mean of a reservoir's log are of all its samples, as far as they can be told for one run.
        (long count, double? mean) = AllOf(log, terms, completeOnly);
        return series.Count == 1 && mean is { } exact
            ? series.Select(run => new RunSamples(log.RunName(run.Key), run.Value, count, exact, false))
            : series.Select(run => new RunSamples(log.RunName(run.Key), run.Value, run.Value.Count, run.Value.Average(), false));
    }

    /// <summary>Without samples a log's one run has its count and mean; of several runs in one file none has its own.</summary>
    private static IEnumerable<RunSamples> AddedUpRun(EnvironmentLog log, PathTerm[] terms, bool completeOnly)
    {
        int[] runs = [.. log.Store.Flows.Select(flow => flow.Run).Distinct()];
        (long count, double? mean) = AllOf(log, terms, completeOnly);
        return runs.Length == 1 && mean is { } exact ? [new RunSamples(log.RunName(runs[0]), [], count, exact, false)] : [];
    }

    private static (long Count, double? MeanUs) AllOf(EnvironmentLog log, PathTerm[] terms, bool completeOnly)
    {
        Moments[] moments = [.. terms.Select(term => log.Store.MomentsOf(term.Column, Restricts(terms, completeOnly)))];
        return (moments.Min(column => column.Count), terms.Zip(moments, (term, column) => term.Coefficient * column.MeanUs).Aggregate((sum, value) => sum + value));
    }

    private static IEnumerable<RunSamples> PrintedMeans(EnvironmentLog log, PathTerm[] terms) => terms.Length == 1
        ? log.Store.RunMeansOf(terms[0].Column).Select(run => new RunSamples(log.RunName(run.Run), [], run.Mean.Count, terms[0].Coefficient * run.Mean.Mean / 1000.0, false))
        : [];

    /// <summary>A chain's S1 to S5 needs no stage 3: a chain without it is as complete as E asks for.</summary>
    private static bool Restricts(PathTerm[] terms, bool completeOnly) =>
        completeOnly && !Array.Exists(terms, term => term.Column is SampleColumn.S1ToS5 or SampleColumn.S1ToS4Only);
}
