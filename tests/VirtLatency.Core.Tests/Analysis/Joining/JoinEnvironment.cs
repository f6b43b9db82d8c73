using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis.Joining;

/// <summary>An environment whose records are put in one by one; the first value of each says which packet it is of.</summary>
internal sealed class JoinEnvironment
{
    public const uint Here = 0x0a008291;
    public const uint There = 0x0a00828f;

    private readonly List<(LogRole Role, string? Run, SampleStore Store)> _logs = [];

    public LatencyEnvironment Build() => new("made", null, [.. _logs.Select(log => new EnvironmentLog
    {
        Role = log.Role.ToString(),
        RoleValue = log.Role,
        ToolValue = LogRoleName.ToolOf(log.Role),
        Run = log.Run,
        File = $"{log.Role}.log",
        Store = log.Store,
    })]);

    /// <summary>Adds a log with records of one ping; each packet is a sequence, and the value in us that marks it.</summary>
    public JoinEnvironment With(LogRole role, ushort id, IEnumerable<(ushort Sequence, int Mark)> packets, string? run = null, SampleFlow? flow = null)
    {
        SampleFlow own = flow ?? new SampleFlow(1, Here, There, null, -1);
        foreach ((ushort sequence, int mark) in packets)
        {
            Add(role, in own, id, sequence, mark, SampleFlags.None, run);
        }

        return this;
    }

    public void Add(LogRole role, in SampleFlow flow, ushort id, ushort sequence, int mark, SampleFlags flags = SampleFlags.None, string? run = null, int maxSampleCount = SampleStore.DefaultMaxSampleCount)
    {
        int at = _logs.FindIndex(log => log.Role == role && log.Run == run);
        if (at < 0)
        {
            at = _logs.Count;
            _logs.Add((role, run, new SampleStore(SampleSchema.Of(LogRoleName.ToolOf(role)), maxSampleCount)));
        }

        bool counted = (flags & ~SampleFlags.First) == SampleFlags.None;
        long value = mark * 1000L;
        _logs[at].Store.Add(in flow, id, sequence, flags, counted, role == LogRole.SenderPing ? [value, Latency.Missing, Latency.Missing, Latency.Missing] : [value, value, value, value]);
    }

    public static IEnumerable<(ushort Sequence, int Mark)> Sequences(int first, int count) =>
        Enumerable.Range(first, count).Select(number => ((ushort)number, number));
}
