using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>What the tools cost: ping's own time beside them against ping's own time without them.</summary>
internal static class InstrumentationEffect
{
    /// <summary>Compares the two pings of one environment.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="request">Confidence level, and the margin in us; without one it is as for <see cref="Between"/>.</param>
    /// <returns>Container PingRtt, without tools the reference; null where one of the pings has no time, or both are one log.</returns>
    public static LatencyDifference? Of(LatencyEnvironment environment, TestRequest request)
    {
        EnvironmentLog[] bare = [.. environment.Logs.Where(log => log.RoleValue == LogRole.SenderPingWithoutTools).Select(log => log.As(LogRole.SenderPing))];
        return Between(new EnvironmentFigures(new LatencyEnvironment(environment.Name + " without tools", environment.Path, bare)), new EnvironmentFigures(environment), request);
    }

    /// <summary>Compares the pings of two environments.</summary>
    /// <param name="bare">The environment of the ping without tools.</param>
    /// <param name="traced">The environment of the ping beside them.</param>
    /// <param name="request">Confidence level, and the margin in us; without one it is 5 % of the time without tools, at least two print steps.</param>
    /// <returns>Container PingRtt; null where a side has no time, or both are one log.</returns>
    public static LatencyDifference? Between(EnvironmentFigures bare, EnvironmentFigures traced, TestRequest request)
    {
        SegmentLatency[] rows = [.. new[] { bare, traced }.Select(figures => new RowWriter(figures, BreakdownLevel.Container).FromSamples(PathModel.Container(PathModel.PingRtt), null, share: false))];
        var pair = new RowPair(rows[0], rows[1]);
        if (!pair.IsComparable || SharedLogs.IsBehind(pair, bare, traced))
        {
            return null;
        }

        double step = Math.Max(bare.StepOf(LogRole.SenderPing), traced.StepOf(LogRole.SenderPing));
        double margin = request.EquivalenceMarginUs ?? Math.Max(TestRequest.MarginPart * rows[0].MeanUs!.Value, 2 * step);
        return VerdictTable.Of([pair], [DifferenceTest.Of(pair, bare, traced)], bare, traced, request with { EquivalenceMarginUs = margin }).Single();
    }
}
