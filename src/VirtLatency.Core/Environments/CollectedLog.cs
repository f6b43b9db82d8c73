using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>
/// A file's samples, added up while it is parsed. Records that belong to different ends of the path (the ICMP types of
/// a tun log, the directions of a VM log) are kept apart until the file's role is known.
/// </summary>
internal sealed class CollectedLog : ILogVisitor<IcmpRttRecord>, ILogVisitor<IcmpPathRecord>, ILogVisitor<TunChainRecord>, ILogVisitor<KvmTunRecord>, ILogVisitor<KvmTunHistogram>, ILogVisitor<PingRecord>
{
    private readonly SampleSelection _selection;
    private readonly IImportReport _report;
    private readonly Dictionary<HostRole, SampleStore> _byHost = [];
    private readonly Dictionary<HostRole, HashSet<int>> _workers = [];
    private readonly Func<SampleStore> _newStore;
    private readonly KvmTunMeans _histograms = new();
    private (string? Source, string? Destination) _addresses;
    private SampleFlow _addressedFlow;
    private long _issueCount;

    public CollectedLog(string path, string? run, LogTool tool, EnvironmentRequest request, IImportReport report)
    {
        Path = path;
        Run = run;
        _selection = request.Selection;
        _report = report;
        _newStore = () => request.KeepsSamples ? new SampleStore(SampleSchema.Of(tool), request.MaxSampleCount) : SampleStore.OfAggregates(SampleSchema.Of(tool));
        Parser = tool switch
        {
            LogTool.KernelIcmpRtt => new IcmpRttParser(this),
            LogTool.IcmpDropDetector => new IcmpPathParser(this, _ => Facts.DropCount++),
            LogTool.TunTxToKvmIrq => new TunIrqParser(this),
            LogTool.KvmVhostTunLatency => new KvmTunParser(this),
            LogTool.KvmVhostTunSummary => new KvmTunSummaryParser(this),
            LogTool.Ping => new PingParser(this),
            _ => throw new ArgumentOutOfRangeException(nameof(tool), tool, "not a tool whose samples are read"),
        };
        Unassigned = _newStore();
    }

    public string Path { get; }

    public string? Run { get; }

    public LogParser Parser { get; private set; }

    /// <summary>Why the file was not read to its end; null where it was.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Why its numbers may not stand for all packets.</summary>
    public string? Caveat
    {
        get
        {
            string?[] caveats =
            [
                Facts.IsThresholdBiased ? "slow packets only: the tool ran with a threshold" : null,
                Facts.LostSampleCount > 0 ? FormattableString.Invariant($"the tool lost {Facts.LostSampleCount} samples") : null,
                Facts.HasSeveralBoundaries ? "runs of builds with different probes: " + Facts.ProbeBoundary!.Replace("; ", " and ", StringComparison.Ordinal) : null,
                Failure switch
                {
                    null => null,
                    LogFileException { Problem: LogFileProblem.CompressionDamaged } => "the file is damaged, and its numbers may be wrong",
                    _ => "the file was read in part",
                },
            ];
            string text = string.Join("; ", caveats.OfType<string>());
            return text.Length == 0 ? null : text;
        }
    }

    public LogFacts Facts => Parser.Facts;

    /// <summary>The parser for the form that the file turns out to have.</summary>
    public LogParser ParserOf(LogIdentity identity)
    {
        if (identity is { Tool: LogTool.TunTxToKvmIrq, Layout: LogLayout.Json })
        {
            Parser = new TunIrqJsonParser(this);
        }

        return Parser;
    }

    /// <summary>Samples that do not say which end of the path they are from: all of kvm logs, host logs whose interfaces do not tell, foreign packets of tun logs.</summary>
    public SampleStore Unassigned { get; }

    /// <summary>The store with most samples, to show what a log without a role holds.</summary>
    public SampleStore Largest => _byHost.Values.Append(Unassigned).MaxBy(store => store.SampleCount)!;

    public long SampleCount => Unassigned.SampleCount + _byHost.Values.Sum(store => store.SampleCount);

    /// <summary>Samples that say by themselves that they are from the given end.</summary>
    public SampleStore? Of(HostRole host) => _byHost.GetValueOrDefault(host);

    /// <summary>Workers of the chains of the given end.</summary>
    public IReadOnlySet<int> WorkersOf(HostRole host) => _workers.TryGetValue(host, out HashSet<int>? tids) ? tids : [];

    /// <summary>Where the samples of a role were taken; of a log without a role, where any were.</summary>
    public LogOrigin OriginOf(LogRole? role, IReadOnlyDictionary<PathMachine, ManifestMachine> machines)
    {
        ManifestMachine? machine = role is { } known ? machines.GetValueOrDefault(LogRoleName.MachineOf(known)) : null;
        IReadOnlyList<SampleFlow> flows = (role is { } own ? Of(LogRoleName.HostOf(own)) ?? Unassigned : Largest).Flows;
        IEnumerable<int> workers = role is { } end && Facts.Tool == LogTool.TunTxToKvmIrq ? WorkersOf(LogRoleName.HostOf(end)) : Facts.WorkerTids;
        IEnumerable<string?> devices = Facts.Device is { } device ? [device] : flows.Select(flow => flow.Device);
        return new LogOrigin(
            machine?.Name,
            Facts.Kernel ?? machine?.Kernel,
            LogOrigin.Text(devices),
            LogOrigin.Text(flows.Where(flow => flow.Queue >= 0).Select(flow => (int?)flow.Queue)),
            LogOrigin.Text(workers.Select(tid => (int?)tid)));
    }

    public void Record(in IcmpRttRecord record)
    {
        SampleStore store = StoreOf(record.IsTx ? HostRole.Sender : HostRole.Receiver);
        var flow = new SampleFlow(record.Run, record.Source, record.Destination, null, -1);
        store.Add(in flow, record.IcmpId, record.Sequence, record.Flags, _selection.Counts(record.Flags), [record.Path1, record.InterPath, record.Path2, record.TotalRtt]);
    }

    public void Record(in IcmpPathRecord record)
    {
        // The tool follows one pair of addresses, which only its header names.
        SampleFlow flow = FlowOf(record.Run, Facts.Source, Facts.Destination);
        SampleStore store = HostRoles.OfInterfaces(Facts) is { } host ? StoreOf(host) : Unassigned;
        store.Add(in flow, record.IcmpId, record.Sequence, record.Flags, _selection.Counts(record.Flags), [record.ReqInternal, record.External, record.RepInternal, record.Total]);
    }

    public void Record(in TunChainRecord record)
    {
        HostRole? host = HostRoles.OfIcmpType(record.IcmpType);
        SampleStore store = host is { } known ? StoreOf(known) : Unassigned;
        if (host is { } end && record.WorkerTid > 0)
        {
            AddWorker(end, record.WorkerTid);
        }

        var flow = new SampleFlow(record.Run, record.Source, record.Destination, record.Device, record.Queue);
        store.Add(
            in flow,
            (ushort)Math.Max(record.IcmpId, 0),
            (ushort)Math.Max(record.Sequence, 0),
            record.Flags,
            _selection.Counts(record.Flags),
            [record.Delay2, record.Delay3, record.Delay4, record.Delay5]);
    }

    public void Record(in KvmTunRecord record)
    {
        var flow = new SampleFlow(record.Run, 0, 0, Facts.Device, record.Queue);
        Unassigned.Add(in flow, 0, 0, record.Flags, _selection.Counts(record.Flags), [record.S0, record.S1, record.S2, record.Total]);
    }

    public void Record(in KvmTunHistogram record) => _histograms.Add(in record);

    /// <summary>Once the file is read: a kvm log without samples gives the means that the tool printed.</summary>
    public void Complete()
    {
        if (Parser is KvmTunSummaryParser)
        {
            _histograms.AddTo(Unassigned, Facts.Device);
        }
        else if (Parser is KvmTunParser kvm && SampleCount == 0)
        {
            KvmTunMeans.AddTo(Unassigned, kvm.Averages, Facts.Device);
        }
        else if (Parser is KvmTunParser mixed && mixed.Averages.Any(average => !Unassigned.Flows.Any(flow => flow.Run == average.Run)))
        {
            _report.Warning($"'{Path}' holds a run of which only averages were printed (--no-detail): it is left out, for other runs in the file have samples. Give it a file of its own.");
        }
    }

    public void Record(in PingRecord record)
    {
        SampleFlow flow = FlowOf(record.Run, record.Source, record.Destination);
        ushort id = (ushort)Math.Max(record.IcmpId, 0);
        if (record.Loss != LossEvidence.None)
        {
            Unassigned.AddLost(in flow, id, record.Sequence);
            return;
        }

        Unassigned.Add(in flow, id, record.Sequence, record.Flags, _selection.Counts(record.Flags), [record.Rtt, Latency.Missing, Latency.Missing, Latency.Missing]);
    }

    public void Issue(ParseIssue issue)
    {
        _issueCount++;
        if (_issueCount <= LineAccount.MostReportedIssues)
        {
            _report.LineProblem(Path, issue);
        }
    }

    /// <summary>Says what became of the lines, once the file is read.</summary>
    public void Account() => LineAccount.Tell(_report, Path, Parser, SampleCount, _issueCount);

    /// <summary>The addresses are the same strings from line to line: they become numbers once.</summary>
    private SampleFlow FlowOf(int run, string? source, string? destination)
    {
        if (_addressedFlow.Run != run || _addresses != (source, destination))
        {
            _addresses = (source, destination);
            _addressedFlow = new SampleFlow(run, AddressText.NumberOf(source), AddressText.NumberOf(destination), null, -1);
        }

        return _addressedFlow;
    }

    private SampleStore StoreOf(HostRole host)
    {
        if (!_byHost.TryGetValue(host, out SampleStore? store))
        {
            _byHost.Add(host, store = _newStore());
        }

        return store;
    }

    private void AddWorker(HostRole host, int tid)
    {
        if (!_workers.TryGetValue(host, out HashSet<int>? tids))
        {
            _workers.Add(host, tids = []);
        }

        tids.Add(tid);
    }
}
