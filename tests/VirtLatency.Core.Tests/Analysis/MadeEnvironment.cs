using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis;

/// <summary>An environment of values that a test chooses, log by log and run by run.</summary>
internal sealed class MadeEnvironment(string name)
{
    private readonly List<EnvironmentLog> _logs = [];

    /// <summary>Pings of another environment have other ids: two captures are never the same log, whatever their latencies.</summary>
    private ushort _id = (ushort)(1 + (16 * name.Sum(letter => letter)));

    public LatencyEnvironment Build() => new(name, null, _logs);

    /// <summary>Adds a log; each row is a sample's stored columns in us.</summary>
    public MadeEnvironment With(LogRole role, IEnumerable<double[]> rows, string? run = null, LogOrigin? origin = null, string? boundary = null, string? version = null, LogTool? tool = null, ushort? id = null, int? cycle = null)
    {
        LogTool own = tool ?? LogRoleName.ToolOf(role);
        var store = new SampleStore(SampleSchema.Of(own));
        var flow = new SampleFlow(1, 1, 2, null, -1);
        ushort sequence = 1;
        foreach (double[] row in rows)
        {
            long[] stored = [.. row.Concat(Enumerable.Repeat(double.NaN, 4 - row.Length)).Select(value => double.IsNaN(value) ? Latency.Missing : (long)Math.Round(value * 1000))];
            store.Add(in flow, id ?? _id, sequence++, SampleFlags.None, counted: true, stored);
        }

        _id++;
        _logs.Add(new EnvironmentLog
        {
            Role = role.ToString(),
            RoleValue = role,
            Tool = LogToolName.Of(own),
            ToolValue = own,
            Run = run,
            Cycle = cycle,
            File = $"{role}.log",
            Origin = origin ?? LogOrigin.Unknown,
            ProbeBoundary = boundary,
            Version = version,
            Store = store,
        });
        return this;
    }

    /// <summary>Adds samples with a flag to the last log, which keeps them out of its means.</summary>
    public MadeEnvironment LeftOut(LogRole role, SampleFlags flag, params double[] totals)
    {
        SampleStore store = _logs.Last(log => log.RoleValue == role).Store;
        var flow = new SampleFlow(1, 1, 2, null, -1);
        foreach (double total in totals)
        {
            store.Add(in flow, _id, 1, flag, counted: false, [10_000, (long)(total * 1000) - 30_000, 20_000, (long)(total * 1000)]);
        }

        return this;
    }

    /// <summary>Adds round trips of the sender VM: A 10 us, M 20 us, the rest in between.</summary>
    public MadeEnvironment RoundTrips(string? run, params double[] totals) => With(LogRole.SenderVm, totals.Select(total => new[] { 10, total - 30, 20, total }), run);
}
