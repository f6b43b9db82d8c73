using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>What a log says about itself, gathered while it is read: from the header where there is one, else from records.</summary>
public sealed class LogFacts
{
    private readonly HashSet<int> _workerTids = [];
    private string? _earlierVersions;
    private string? _earlierBoundaries;
    private string? _boundary;
    private long _closingCount;
    private int _closingBlocks;
    private long _printedTotalSum;

    internal LogFacts(LogTool tool) => Tool = tool;

    /// <summary>The tool that printed the log.</summary>
    public LogTool Tool { get; }

    /// <summary>The layout's version as far as the text tells, several joined by "; " where runs of several builds were appended; null where it does not.</summary>
    public string? Version
    {
        get => Join(_earlierVersions, BuildVersion);
        internal set => BuildVersion = value;
    }

    /// <summary>How sure the tool is, by what was found in the file's beginning.</summary>
    public LogConfidence Confidence { get; internal set; }

    /// <summary>The kernel function at which the last stage was stamped, where versions differ in it; joined as <see cref="Version"/>; null where the text does not tell.</summary>
    public string? ProbeBoundary
    {
        get => Join(_earlierBoundaries, _boundary);
        internal set => _boundary = value;
    }

    /// <summary>True when runs of builds with different probes stand in one file.</summary>
    public bool HasSeveralBoundaries => _earlierBoundaries is not null && _boundary is not null && ProbeBoundary != _boundary;

    /// <summary>The version of the present run.</summary>
    internal string? BuildVersion { get; private set; }

    /// <summary>Samples that the tool says it lost (bcc's <c>Possibly lost N samples</c>, merged from stderr).</summary>
    public long LostSampleCount { get; internal set; }

    /// <summary>The error that ended the tool, where its traceback was merged into the file; null where there is none.</summary>
    public string? ToolError { get; internal set; }

    /// <summary>Tx or Rx for kernel_icmp_rtt.</summary>
    public string? Direction { get; internal set; }

    /// <summary>The pinging side's address, from the header.</summary>
    public string? Source { get; internal set; }

    /// <summary>The answering side's address, from the header.</summary>
    public string? Destination { get; internal set; }

    /// <summary>Interfaces at which icmp_drop_detector sees requests come in.</summary>
    public IReadOnlyList<string> ReceiveInterfaces { get; internal set; } = [];

    /// <summary>Interfaces at which icmp_drop_detector sees requests go out.</summary>
    public IReadOnlyList<string> TransmitInterfaces { get; internal set; } = [];

    /// <summary>The tap device that a tun or kvm log was limited to; null for all.</summary>
    public string? Device { get; internal set; }

    /// <summary>Kernel of the host, where the tool prints it. Text: 5.10 is not a number.</summary>
    public string? Kernel { get; internal set; }

    /// <summary>True when the tool was told to print slow packets only: the log is a biased sample.</summary>
    public bool IsThresholdBiased { get; internal set; }

    /// <summary>Totals that the tool printed below chains; 0 for builds that print none. They count S2 to S3 twice.</summary>
    public long PrintedTotalCount { get; private set; }

    /// <summary>Mean of these totals in us; null where there is none.</summary>
    public double? PrintedTotalUs => PrintedTotalCount == 0 ? null : _printedTotalSum / 1000.0 / PrintedTotalCount;

    /// <summary>Packets that icmp_drop_detector lost sight of.</summary>
    public long DropCount { get; internal set; }

    /// <summary>Runs in the file, counted by their banners; at least 1 once a record was read.</summary>
    public int RunCount { get; internal set; }

    /// <summary>Samples that the tool itself counted, when every run has its closing block; null otherwise.</summary>
    public long? ClosingCount => _closingBlocks == RunCount && _closingBlocks > 0 ? _closingCount : null;

    /// <summary>Thread ids of the vhost workers that the log names.</summary>
    public IReadOnlyCollection<int> WorkerTids => _workerTids;

    /// <summary>A further run begins: another build may have printed it.</summary>
    internal void NextBuild()
    {
        (_earlierVersions, _earlierBoundaries) = (Version, ProbeBoundary);
        (BuildVersion, _boundary) = (null, null);
    }

    internal void AddClosingCount(long samples)
    {
        _closingBlocks++;
        _closingCount += samples;
    }

    internal void AddPrintedTotal(long nanoseconds)
    {
        PrintedTotalCount++;
        _printedTotalSum += nanoseconds;
    }

    internal void AddWorker(int tid)
    {
        if (_workerTids.Count < 1024)
        {
            _workerTids.Add(tid);
        }
    }

    /// <summary>Each build is named once.</summary>
    private static string? Join(string? earlier, string? now)
    {
        bool isNamed = now is null || earlier is null || earlier.Split("; ").Contains(now);
        return isNamed ? earlier ?? now : $"{earlier}; {now}";
    }
}
