using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>A chain that may still get stages. Opened by stage 2, whose delay leads back to stage 1.</summary>
internal sealed class OpenTunChain
{
    /// <summary>Two stamps cut to whole ms and a delay rounded to 1 us differ by less than 1 ms and 1 us.</summary>
    private const long StampNanoseconds = 1_001_000;

    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long MillisecondsPerDay = 24L * 60 * 60 * 1000;

    private readonly TunEvent _signal;
    private TunEvent _irqfd;

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

    /// <summary>A stage 1 that no stage 2 followed.</summary>
    public static TunChainRecord OfStart(in TunEvent start)
    {
        TunChainRecord record = Empty(in start);
        record.LastStage = 1;
        CopyPacket(ref record, in start);
        return record;
    }

    /// <summary>Milliseconds from one stamp to another; stamps without a date go over midnight.</summary>
    public static long Elapsed(in TunEvent from, in TunEvent to)
    {
        long elapsed = to.Milliseconds - from.Milliseconds;
        if (!from.IsDated && Math.Abs(elapsed) > MillisecondsPerDay / 2)
        {
            elapsed -= Math.Sign(elapsed) * MillisecondsPerDay;
        }

        return elapsed;
    }

    public long ElapsedUntil(in TunEvent now) => Elapsed(in _signal, in now);

    public bool CanStartWith(in TunEvent start) =>
        (start.Socket == 0 || _signal.Socket == 0 || start.Socket == _signal.Socket) && IsDelayBetween(in start, in _signal);

    public void Start(in TunEvent start)
    {
        HasStart = true;
        Record.Line = Math.Min(Record.Line, start.Line);
        CopyPacket(ref Record, in start);
    }

    /// <summary>Takes stage 3 or 4 of the same worker and event; both print their delay from stage 2.</summary>
    public bool TryMiddle(in TunEvent stage)
    {
        bool sameEvent = stage.EventFd == 0 || _signal.EventFd == 0 || stage.EventFd == _signal.EventFd;
        if (Record.LastStage >= stage.Stage || !sameEvent || stage.Pid != _signal.Pid || !IsDelayBetween(in _signal, in stage))
        {
            return false;
        }

        Record.LastStage = stage.Stage;
        Record.Flags |= FlagsOf(in stage);
        if (stage.Stage == 3)
        {
            Record.Delay3 = stage.Delay;
            return true;
        }

        Record.Delay4 = stage.Delay;
        Record.Flags |= Record.S3ToS4 is < 0 and not Latency.Missing ? SampleFlags.Negative : SampleFlags.None;
        _irqfd = stage;
        return true;
    }

    /// <summary>Takes stage 5 of stage 4's interrupt number, from its CPU and PID, or from a kworker.</summary>
    public bool TryInterrupt(in TunEvent stage, long lateNanoseconds)
    {
        bool sameThread = stage.Cpu == _irqfd.Cpu && stage.Pid == _irqfd.Pid;
        bool otherInterrupt = stage.Interrupt >= 0 && _irqfd.Interrupt >= 0 && stage.Interrupt != _irqfd.Interrupt;
        if (Record.LastStage != 4 || otherInterrupt || !(sameThread || stage.IsKernelWorker) || !IsDelayBetween(in _irqfd, in stage))
        {
            return false;
        }

        Record.LastStage = 5;
        Record.Delay5 = stage.Delay;
        Record.Flags |= FlagsOf(in stage);
        Record.Flags |= sameThread ? SampleFlags.None : SampleFlags.DeferredInterrupt;
        Record.Flags |= stage.Delay > lateNanoseconds ? SampleFlags.LateInterrupt : SampleFlags.None;
        return true;
    }

    /// <summary>Whether the later line's delay spans the two stamps. Builds that print no delay are taken by order.</summary>
    private static bool IsDelayBetween(in TunEvent from, in TunEvent to)
    {
        long elapsed = Elapsed(in from, in to);
        return to.Delay == Latency.Missing
            ? elapsed is >= -1 and <= 1000
            : Math.Abs((elapsed * NanosecondsPerMillisecond) - to.Delay) <= StampNanoseconds;
    }

    private static SampleFlags FlagsOf(in TunEvent stage) =>
        (stage.IsWrapped ? SampleFlags.Wrapped : SampleFlags.None)
        | (stage.Delay is < 0 and not Latency.Missing ? SampleFlags.Negative : SampleFlags.None);

    private static TunChainRecord Empty(in TunEvent first) => new()
    {
        Line = first.Line,
        Device = first.Device,
        Queue = first.Queue,
        UptimeMilliseconds = first.IsDated ? first.Milliseconds : -1,
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
        record.UptimeMilliseconds = start.IsDated ? start.Milliseconds : -1;
        record.IcmpType = start.IcmpType;
        record.IcmpId = start.IcmpId;
        record.Sequence = start.Sequence;
        record.Source = start.Source;
        record.Destination = start.Destination;
        record.IrqCpu = start.Cpu;
        record.IrqCpuIdle = start.Pid < 0 ? null : start.Pid == 0;
    }
}
