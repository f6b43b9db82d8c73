using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>
/// Writes logs of icmp_drop_detector (build 9e56f36). A drop is reported a second or two after the request, so its
/// block lands between the lines of later flows: it is held back until the first record that is not earlier.
/// </summary>
public sealed class IcmpDropDetectorWriter : ToolLogWriter<IcmpFlowFigure>
{
    private readonly IcmpDropDetectorOptions _options;
    private readonly string _receive;
    private readonly string _transmit;
    private readonly Queue<IcmpFlowFigure> _drops = new();
    private long _flows;
    private long _complete;
    private long _requestDrops;
    private long _externalDrops;
    private long _replyDrops;

    /// <summary>Makes a writer for one run.</summary>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    /// <param name="options">How the tool was called.</param>
    public IcmpDropDetectorWriter(TextWriter output, IcmpDropDetectorOptions options)
        : base(output, options)
    {
        _options = options;
        _receive = HostInterface.Names(options.ReceiveInterfaces);
        _transmit = HostInterface.Names(options.TransmitInterfaces);
    }

    /// <summary>Writes one mark of a flow by itself, for logs in which the marks of several flows mix. Counts nothing.</summary>
    /// <param name="action">new, update or complete; complete adds the line of latencies and the ruler.</param>
    /// <param name="time">Wall clock of printing.</param>
    /// <param name="figure">The flow.</param>
    /// <param name="stageCount">How many of the four stages the tool has got to, 1 to 4.</param>
    public void WriteMark(string action, DateTime time, IcmpFlowFigure figure, int stageCount) =>
        Emit(text => ComposeMark(text, action, time, figure, stageCount));

    /// <summary>Writes one drop block at once, wherever the log is. Counts the drop.</summary>
    /// <param name="figure">The flow.</param>
    public void WriteDrop(IcmpFlowFigure figure) => Emit(text => ComposeDrop(text, figure));

    private protected override void ComposeHeader(StringBuilder text)
    {
        text.Append("=== ICMP Drop Detector ===\n");
        text.Append(Invariant, $"Source IP: {_options.Source}\n");
        text.Append(Invariant, $"Destination IP: {_options.Destination}\n");
        text.Append(Invariant, $"RX Interface(s): {HostInterface.Describe(_options.ReceiveInterfaces)}\n");
        text.Append(Invariant, $"TX Interface(s): {HostInterface.Describe(_options.TransmitInterfaces)}\n");
        text.Append(Invariant, $"Timeout: {_options.TimeoutMs} ms\n\nFlow path:\n");
        text.Append(Invariant, $"  [0] Request RX at {_receive}\n  [1] Request TX at {_transmit}\n");
        text.Append(Invariant, $"  [2] Reply RX at {_transmit}\n  [3] Reply TX at {_receive}\n");
        text.Append("\nTracing... Hit Ctrl-C to end.\n\n");
    }

    private protected override void ComposeRecord(StringBuilder text, IcmpFlowFigure figure)
    {
        while (_drops.TryPeek(out IcmpFlowFigure? drop) && drop.DropTime <= figure.RequestTime)
        {
            ComposeDrop(text, _drops.Dequeue());
        }

        _flows++;
        if (figure.IsReplyOut)
        {
            _complete++;
        }
        else if (figure.DropTime is not null)
        {
            _drops.Enqueue(figure);
        }

        if (_options.IsVerbose)
        {
            ComposeFlow(text, figure);
        }
    }

    private protected override void ComposeRemainder(StringBuilder text)
    {
        while (_drops.TryDequeue(out IcmpFlowFigure? drop))
        {
            ComposeDrop(text, drop);
        }
    }

    private protected override void ComposeFooter(StringBuilder text)
    {
        text.Append("\nDetaching...\n");

        // As the tool does: flows that are due only now are reported before the statistics.
        ComposeRemainder(text);
        text.Append("\n=== ICMP Flow Statistics ===\n");
        text.Append(Invariant, $"Total flows tracked: {_flows}\nComplete flows: {_complete}\n");
        text.Append(Invariant, $"Request internal drops: {_requestDrops}\nExternal drops: {_externalDrops}\n");
        text.Append(Invariant, $"Reply internal drops: {_replyDrops}\n");
    }

    private static void ComposeFlow(StringBuilder text, IcmpFlowFigure figure)
    {
        ComposeMark(text, "new", figure.RequestTime, figure, 1);
        if (figure.IsRequestOut)
        {
            ComposeMark(text, "update", figure.RequestTime, figure, 2);
        }

        if (figure.IsReplyIn)
        {
            ComposeMark(text, "update", figure.ReplyTime, figure, 3);
        }

        if (figure.IsReplyOut)
        {
            ComposeMark(text, "complete", figure.ReplyTime, figure, 4);
        }
    }

    private static void ComposeMark(StringBuilder text, string action, DateTime time, IcmpFlowFigure figure, int stageCount)
    {
        text.Append(Invariant, $"{time:yyyy-MM-dd HH:mm:ss.fff} [{action}] ID={figure.IcmpId} Seq={figure.Sequence} ReqRX:Y");
        text.Append(stageCount > 1 && figure.IsRequestOut ? " ReqTX:Y" : " ReqTX:-");
        text.Append(stageCount > 2 && figure.IsReplyIn ? " RepRX:Y" : " RepRX:-");
        text.Append(stageCount > 3 && figure.IsReplyOut ? " RepTX:Y\n" : " RepTX:-\n");
        if (action == "complete")
        {
            text.Append(Invariant, $"  Latency(us): ReqInternal={Cell(figure.ReqInternalUs):F1}  External={Cell(figure.ExternalUs):F1}  RepInternal={Cell(figure.RepInternalUs):F1}  Total={Cell(figure.TotalUs):F1}\n");
            text.Append(Rule.Single80);
        }
    }

    /// <summary>The tool prints 0.0 for a latency it has not measured.</summary>
    private static decimal Cell(decimal? latencyUs) => PrintedNumber.Round(latencyUs ?? 0m, 1);

    private static string Stage(int number, string name, bool isSeen) =>
        string.Create(Invariant, $"  [{number}] {name}: {(isSeen ? "recorded" : "MISSING")}\n");

    private void ComposeDrop(StringBuilder text, IcmpFlowFigure figure)
    {
        text.Append(Invariant, $"\n=== ICMP Drop Detected: {figure.DropTime ?? figure.ReplyTime:yyyy-MM-dd HH:mm:ss.fff} ===\n");
        text.Append(Invariant, $"Flow: {_options.Source} -> {_options.Destination} (ID={figure.IcmpId}, Seq={figure.Sequence})\n");
        text.Append(Stage(0, "ReqRX", isSeen: true)).Append(Stage(1, "ReqTX", figure.IsRequestOut));
        text.Append(Stage(2, "RepRX", figure.IsReplyIn)).Append(Stage(3, "RepTX", figure.IsReplyOut));
        if (!figure.IsRequestOut)
        {
            _requestDrops++;
            text.Append(Invariant, $"\nDrop Location: Request dropped INTERNALLY\n  Request received at {_receive} but NOT sent from {_transmit}\n");
        }
        else if (!figure.IsReplyIn)
        {
            _externalDrops++;
            text.Append(Invariant, $"\nDrop Location: EXTERNAL (network or peer)\n  Request sent from {_transmit} but Reply NOT received at {_transmit}\n");
        }
        else
        {
            _replyDrops++;
            text.Append(Invariant, $"\nDrop Location: Reply dropped INTERNALLY\n  Reply received at {_transmit} but NOT sent from {_receive}\n");
        }
    }
}
