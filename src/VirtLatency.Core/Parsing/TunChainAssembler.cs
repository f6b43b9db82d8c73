using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Puts stage lines together to chains, one packet each, per device and queue.
/// The trick: stages 2 to 5 of a chain run on the worker's CPU and so come in order, but stage 1 runs on the CPU that
/// took the packet and has a perf buffer of its own: its line may come after its chain's others. So a chain is opened
/// by stage 2; stage 1 waits for it, or finds it, by time: stage 2's stamp less its delay is stage 1's stamp, to the
/// stamps' millisecond. A stage 1 that is followed by another before any stage 2 stays alone: the tool keeps one start
/// per queue, and the delay belongs to the last.
/// </summary>
internal sealed class TunChainAssembler
{
    /// <summary>Two stamps cut to ms and a delay to 1 us: within 2 ms they can be the same moment.</summary>
    private const long MatchMilliseconds = 2;

    /// <summary>An unfinished chain is given up once its queue has moved on by this much.</summary>
    private const long GiveUpMilliseconds = 1000;

    /// <summary>Unfinished chains kept per queue, for bounded memory whatever the stamps say.</summary>
    private const int MostOpen = 64;

    /// <summary>Stage 5 later than this is taken for another interrupt with the same vector.</summary>
    private const long LateInterruptNanoseconds = 1_000_000;

    private readonly Dictionary<(string? Device, int Queue), QueueState> _queues = [];
    private readonly Action<TunChainRecord> _emit;

    public TunChainAssembler(Action<TunChainRecord> emit) => _emit = emit;

    /// <summary>Takes a stage line.</summary>
    /// <returns>False for a stage that belongs to no chain here: another interrupt with the same vector, or an end without its beginning.</returns>
    public bool Add(in TunEvent stage)
    {
        (string?, int) key = (stage.Device, stage.Queue);
        if (!_queues.TryGetValue(key, out QueueState? queue))
        {
            _queues.Add(key, queue = new QueueState());
        }

        return stage.Stage switch
        {
            1 => AddStart(queue, in stage),
            2 => Open(queue, in stage),
            5 => AddInterrupt(queue, in stage),
            _ => AddMiddle(queue, in stage),
        };
    }

    /// <summary>Emits what is still open, at the end of the file or run.</summary>
    public void Flush()
    {
        foreach (QueueState queue in _queues.Values)
        {
            EmitOpen(queue, long.MaxValue, 0);
            EmitStart(queue);
        }

        _queues.Clear();
    }

    private bool AddStart(QueueState queue, in TunEvent stage)
    {
        for (int i = 0; i < queue.Open.Count; i++)
        {
            OpenChain chain = queue.Open[i];
            if (!chain.HasStart && CanBeSamePacket(in stage, chain))
            {
                chain.Start(in stage);
                EmitIfComplete(queue, i);
                return true;
            }
        }

        EmitStart(queue);
        queue.Start = stage;
        queue.HasStart = true;
        return true;
    }

    private bool Open(QueueState queue, in TunEvent stage)
    {
        EmitOpen(queue, stage.Milliseconds - GiveUpMilliseconds, MostOpen - 1);
        var chain = new OpenChain(in stage);
        if (queue.HasStart && CanBeSamePacket(in queue.Start, chain))
        {
            chain.Start(in queue.Start);
            queue.HasStart = false;
        }

        queue.Open.Add(chain);
        return true;
    }

    private static bool AddMiddle(QueueState queue, in TunEvent stage)
    {
        for (int i = queue.Open.Count - 1; i >= 0; i--)
        {
            OpenChain chain = queue.Open[i];
            bool sameEvent = stage.EventFd == 0 || chain.EventFd == 0 || stage.EventFd == chain.EventFd;
            if (chain.Record.LastStage < stage.Stage && sameEvent && stage.Pid == chain.Record.WorkerTid)
            {
                chain.Middle(in stage);
                return true;
            }
        }

        return false;
    }

    /// <summary>Stage 5 has no pointer: it counts only from stage 4's CPU and PID, or from a kworker (deferred injection).</summary>
    private bool AddInterrupt(QueueState queue, in TunEvent stage)
    {
        for (int i = queue.Open.Count - 1; i >= 0; i--)
        {
            OpenChain chain = queue.Open[i];
            bool sameThread = stage.Cpu == chain.IrqfdCpu && stage.Pid == chain.IrqfdPid;
            if (chain.Record.LastStage == 4 && (sameThread || stage.IsKernelWorker))
            {
                chain.Interrupt(in stage, deferred: !sameThread);
                EmitIfComplete(queue, i);
                return true;
            }
        }

        return false;
    }

    private static bool CanBeSamePacket(in TunEvent start, OpenChain chain)
    {
        if (start.Socket != 0 && chain.Socket != 0 && start.Socket != chain.Socket)
        {
            return false;
        }

        long delay = chain.Record.Delay2;
        if (delay == Latency.Missing)
        {
            return start.Milliseconds <= chain.Milliseconds;
        }

        return Math.Abs(chain.Milliseconds - (delay / 1_000_000) - start.Milliseconds) <= MatchMilliseconds;
    }

    private void EmitIfComplete(QueueState queue, int index)
    {
        OpenChain chain = queue.Open[index];
        if (chain.HasStart && chain.Record.LastStage == 5)
        {
            queue.Open.RemoveAt(index);
            _emit(chain.Record);
        }
    }

    private void EmitOpen(QueueState queue, long before, int most)
    {
        while (queue.Open.Count > 0 && (queue.Open[0].Milliseconds < before || queue.Open.Count > most))
        {
            TunChainRecord record = queue.Open[0].Record;
            queue.Open.RemoveAt(0);
            _emit(record);
        }
    }

    private void EmitStart(QueueState queue)
    {
        if (queue.HasStart)
        {
            queue.HasStart = false;
            _emit(OpenChain.OfStart(in queue.Start));
        }
    }

    private sealed class QueueState
    {
        public readonly List<OpenChain> Open = [];
        public TunEvent Start;
        public bool HasStart;
    }

    private sealed class OpenChain
    {
        public TunChainRecord Record;

        public OpenChain(in TunEvent signal)
        {
            Record = Empty(in signal);
            Record.LastStage = 2;
            Record.Delay2 = signal.Delay;
            Record.WorkerTid = signal.Pid;
            Record.WorkerCpu = signal.Cpu;
            Record.Flags = signal.Delay is < 0 and not Latency.Missing ? SampleFlags.Negative : SampleFlags.None;
            Milliseconds = signal.Milliseconds;
            Socket = signal.Socket;
            EventFd = signal.EventFd;
        }

        public long Milliseconds { get; }

        public ulong Socket { get; }

        public ulong EventFd { get; }

        public bool HasStart { get; private set; }

        public int IrqfdCpu { get; private set; }

        public int IrqfdPid { get; private set; }

        public static TunChainRecord OfStart(in TunEvent start)
        {
            TunChainRecord record = Empty(in start);
            record.LastStage = 1;
            CopyPacket(ref record, in start);
            return record;
        }

        public void Start(in TunEvent start)
        {
            HasStart = true;
            Record.Line = Math.Min(Record.Line, start.Line);
            CopyPacket(ref Record, in start);
        }

        public void Middle(in TunEvent stage)
        {
            Record.LastStage = stage.Stage;
            Record.Flags |= stage.Delay is < 0 and not Latency.Missing ? SampleFlags.Negative : SampleFlags.None;
            if (stage.Stage == 3)
            {
                Record.Delay3 = stage.Delay;
                return;
            }

            Record.Delay4 = stage.Delay;
            Record.Flags |= Record.S3ToS4 is < 0 and not Latency.Missing ? SampleFlags.Negative : SampleFlags.None;
            IrqfdCpu = stage.Cpu;
            IrqfdPid = stage.Pid;
        }

        public void Interrupt(in TunEvent stage, bool deferred)
        {
            Record.LastStage = 5;
            Record.Delay5 = stage.Delay;
            Record.Flags |= stage.Delay is < 0 and not Latency.Missing ? SampleFlags.Negative : SampleFlags.None;
            Record.Flags |= deferred ? SampleFlags.DeferredInterrupt : SampleFlags.None;
            Record.Flags |= stage.Delay > LateInterruptNanoseconds ? SampleFlags.LateInterrupt : SampleFlags.None;
        }

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
            record.Flags |= start.Sequence == 1 ? SampleFlags.First : SampleFlags.None;
        }
    }
}
