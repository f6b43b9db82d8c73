using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>A chain that may still get stages. Opened by stage 2, whose delay leads back to stage 1.</summary>
internal sealed class OpenTunChain
{
    public const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Two stamps cut to whole ms and a delay rounded to 1 us differ by less than 1 ms and 1 us.</summary>
    private const long StampSlack = 1_001_000;

    /// <summary>Stamps of JSON are taken after the delay was: by the cost of two map updates, and of an interrupt at times.</summary>
    private const long ExactStampSlack = 100_000;

    /// <summary>Stage 5 later than this is taken for another interrupt with the same vector.</summary>
    private const long LateInterruptNanoseconds = NanosecondsPerMillisecond;

    private const long LongestWithoutDelay = 1000 * NanosecondsPerMillisecond;
    private const long NanosecondsPerDay = 24L * 60 * 60 * 1000 * NanosecondsPerMillisecond;

    private readonly TunEvent _signal;
    private TunEvent _irqfd;
    private bool _hasThird;

    public TunChainRecord Record;

    public OpenTunChain(in TunEvent signal)
    {
        _signal = signal;
        Record = Empty(in signal);
        Record.LastStage = 2;
        Record.Delay2 = signal.Delay;
        Record.WorkerTid = signal.Pid;
        Record.WorkerCpu = signal.Cpu;
        Record.Flags = FlagsOf(in signal);
    }

    public bool HasStart { get; private set; }

    public bool HasIrqfd { get; private set; }

    public bool HasInterrupt { get; private set; }

    /// <summary>Nothing can come any more: all five stages, or the three of builds that end at irqfd_wakeup.</summary>
    public bool IsComplete => HasStart && ((_hasThird && HasInterrupt) || _irqfd.IsThirdOfThree);

    /// <summary>A stage 1 that no stage 2 followed.</summary>
    public static TunChainRecord OfStart(in TunEvent start)
    {
        TunChainRecord record = Empty(in start);
        record.LastStage = 1;
        CopyPacket(ref record, in start);
        return record;
    }

    /// <summary>Nanoseconds from one stamp to another; stamps without a date go over midnight.</summary>
    public static long Elapsed(in TunEvent from, in TunEvent to)
    {
        long elapsed = to.Stamp - from.Stamp;
        if (!from.IsDated && Math.Abs(elapsed) > NanosecondsPerDay / 2)
        {
            elapsed -= Math.Sign(elapsed) * NanosecondsPerDay;
        }

        return elapsed;
    }

    public long ElapsedUntil(in TunEvent now) => Elapsed(in _signal, in now);

    /// <summary>How badly a stage 1 fits, in ns: 0 for all that the stamps cannot tell apart; null when it cannot be this chain's.</summary>
    public long? MisfitOf(in TunEvent start)
    {
        if (start.Socket != 0 && _signal.Socket != 0 && start.Socket != _signal.Socket)
        {
            return null;
        }

        long elapsed = Elapsed(in start, in _signal);
        if (_signal.Delay == Latency.Missing)
        {
            return elapsed is < 0 or > LongestWithoutDelay ? null : _signal.IsExact ? elapsed : 0;
        }

        return !IsDelayBetween(in start, in _signal) ? null : _signal.IsExact ? Math.Abs(elapsed - _signal.Delay) : 0;
    }

    public void Start(in TunEvent start)
    {
        HasStart = true;
        Record.Line = Math.Min(Record.Line, start.Line);
        CopyPacket(ref Record, in start);
    }

    /// <summary>Takes stage 3 or 4 of the same worker and event; both tell their delay from stage 2.</summary>
    public bool TryMiddle(in TunEvent stage)
    {
        bool isSeen = stage.Stage == 3 ? _hasThird : HasIrqfd;
        bool isOther = (stage.EventFd != 0 && _signal.EventFd != 0 && stage.EventFd != _signal.EventFd) || stage.Pid != _signal.Pid;
        if (isSeen || isOther || !IsAfter(in _signal, in stage))
        {
            return false;
        }

        Take(in stage);
        if (stage.Stage == 3)
        {
            _hasThird = true;
            Record.Delay3 = stage.Delay;
        }
        else
        {
            HasIrqfd = true;
            Record.Delay4 = stage.Delay;
            _irqfd = stage;
        }

        Record.Flags |= Record.S3ToS4 is < 0 and not Latency.Missing ? SampleFlags.Negative : SampleFlags.None;
        return true;
    }

    /// <summary>Takes stage 5 of stage 4's interrupt number: from its CPU and PID, or, where that is asked for, from a kworker.</summary>
    public bool TryInterrupt(in TunEvent stage, bool isDeferred)
    {
        if (!HasIrqfd || HasInterrupt)
        {
            return false;
        }

        bool isOther = (stage.Interrupt >= 0 && _irqfd.Interrupt >= 0 && stage.Interrupt != _irqfd.Interrupt)
            || (stage.EventFd != 0 && _irqfd.EventFd != 0 && stage.EventFd != _irqfd.EventFd);
        bool isThread = stage.Cpu == _irqfd.Cpu && stage.Pid == _irqfd.Pid;
        if (isOther || !(isDeferred ? stage.IsKernelWorker : isThread) || !IsAfter(in _irqfd, in stage))
        {
            return false;
        }

        Take(in stage);
        HasInterrupt = true;
        Record.Delay5 = stage.Delay;
        Record.Flags |= isDeferred ? SampleFlags.DeferredInterrupt : SampleFlags.None;
        Record.Flags |= stage.Delay > LateInterruptNanoseconds ? SampleFlags.LateInterrupt : SampleFlags.None;
        return true;
    }

    private void Take(in TunEvent stage)
    {
        Record.LastStage = Math.Max(Record.LastStage, stage.Stage);
        Record.Line = Math.Min(Record.Line, stage.Line);
        Record.Flags |= FlagsOf(in stage);
    }

    /// <summary>Whether a stage can be a later one of the same thread's: one clock, so its stamp is never before.</summary>
    private static bool IsAfter(in TunEvent from, in TunEvent to) => Elapsed(in from, in to) >= 0 && IsDelayBetween(in from, in to);

    /// <summary>Whether the later event's delay spans the two stamps. Where it has none, order tells.</summary>
    private static bool IsDelayBetween(in TunEvent from, in TunEvent to)
    {
        long elapsed = Elapsed(in from, in to);
        return to.Delay == Latency.Missing
            ? elapsed is >= 0 and <= LongestWithoutDelay
            : Math.Abs(elapsed - to.Delay) <= (to.IsExact ? ExactStampSlack : StampSlack);
    }

    private static SampleFlags FlagsOf(in TunEvent stage) =>
        (stage.IsWrapped ? SampleFlags.Wrapped : SampleFlags.None)
        | (stage.Delay is < 0 and not Latency.Missing ? SampleFlags.Negative : SampleFlags.None);

    private static TunChainRecord Empty(in TunEvent first) => new()
    {
        Line = first.Line,
        Device = first.Device,
        Queue = first.Queue,
        UptimeNanoseconds = first.IsDated ? first.Stamp : -1,
        IcmpType = -1,
        IcmpId = -1,
        Sequence = -1,
        Delay2 = Latency.Missing,
        Delay3 = Latency.Missing,
        Delay4 = Latency.Missing,
        Delay5 = Latency.Missing,
        WorkerTid = -1,
        WorkerCpu = -1,
        IrqCpu = -1,
    };

    private static void CopyPacket(ref TunChainRecord record, in TunEvent start)
    {
        record.UptimeNanoseconds = start.IsDated ? start.Stamp : -1;
        record.IcmpType = start.IcmpType;
        record.IcmpId = start.IcmpId;
        record.Sequence = start.Sequence;
        record.Source = start.Source;
        record.Destination = start.Destination;
        record.IrqCpu = start.Cpu;
        record.IrqCpuIdle = start.Pid < 0 ? null : start.Pid == 0;
    }
}
