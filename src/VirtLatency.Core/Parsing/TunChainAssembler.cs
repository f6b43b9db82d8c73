using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Puts stage lines together to chains, one packet each, per device and queue.
/// The trick: stages 2 to 5 of a chain run on the worker's CPU and so come in order, but stage 1 runs on the CPU that
/// took the packet and has a perf buffer of its own: its line may come after its chain's others. So a chain is opened
/// by stage 2; stage 1 waits for it, or finds it, by time: a stage's stamp less its delay is the stamp of the stage that
/// the delay counts from, to the stamps' millisecond. Of several stage 1 lines that fit, the last one is taken: the tool
/// keeps one start per queue, and the delay belongs to the last. The others stay alone.
/// </summary>
internal sealed class TunChainAssembler
{
    /// <summary>Stage 5 later than this is taken for another interrupt with the same vector.</summary>
    private const long LateInterruptNanoseconds = 1_000_000;

    /// <summary>An unfinished chain, or a lone stage 1, is given up once its queue has moved on by this much.</summary>
    private const long GiveUpMilliseconds = 1000;

    /// <summary>Unfinished chains, and lone stages 1, kept per queue, for bounded memory whatever the stamps say.</summary>
    private const int MostOpen = 64;

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
            EmitOpen(queue, queue.Open.Count);
            EmitStarts(queue, queue.Starts.Count);
        }

        _queues.Clear();
    }

    private bool AddStart(QueueState queue, in TunEvent stage)
    {
        GiveUp(queue, in stage);
        for (int i = 0; i < queue.Open.Count; i++)
        {
            OpenTunChain chain = queue.Open[i];
            if (!chain.HasStart && chain.CanStartWith(in stage))
            {
                chain.Start(in stage);
                EmitIfComplete(queue, i);
                return true;
            }
        }

        queue.Starts.Add(stage);
        return true;
    }

    private bool Open(QueueState queue, in TunEvent stage)
    {
        GiveUp(queue, in stage);
        var chain = new OpenTunChain(in stage);
        for (int i = queue.Starts.Count - 1; i >= 0; i--)
        {
            TunEvent start = queue.Starts[i];
            if (chain.CanStartWith(in start))
            {
                // The worker signals in order: what came before this start and still waits was overwritten by it.
                chain.Start(in start);
                queue.Starts.RemoveAt(i);
                EmitStarts(queue, i);
                break;
            }
        }

        queue.Open.Add(chain);
        return true;
    }

    private static bool AddMiddle(QueueState queue, in TunEvent stage)
    {
        for (int i = queue.Open.Count - 1; i >= 0; i--)
        {
            if (queue.Open[i].TryMiddle(in stage))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Stage 5 has no pointer, only the interrupt's number: it counts from stage 4's CPU and PID, or from a kworker (deferred injection).</summary>
    private bool AddInterrupt(QueueState queue, in TunEvent stage)
    {
        for (int i = queue.Open.Count - 1; i >= 0; i--)
        {
            if (queue.Open[i].TryInterrupt(in stage, LateInterruptNanoseconds))
            {
                EmitIfComplete(queue, i);
                return true;
            }
        }

        return false;
    }

    private void EmitIfComplete(QueueState queue, int index)
    {
        OpenTunChain chain = queue.Open[index];
        if (chain.HasStart && chain.Record.LastStage == 5)
        {
            queue.Open.RemoveAt(index);
            _emit(chain.Record);
        }
    }

    /// <summary>Lets go of what the queue has left behind: by time, and by number.</summary>
    private void GiveUp(QueueState queue, in TunEvent now)
    {
        int chains = Math.Max(0, queue.Open.Count - MostOpen + 1);
        while (chains < queue.Open.Count && queue.Open[chains].ElapsedUntil(in now) > GiveUpMilliseconds)
        {
            chains++;
        }

        int starts = Math.Max(0, queue.Starts.Count - MostOpen + 1);
        while (starts < queue.Starts.Count && OpenTunChain.Elapsed(queue.Starts[starts], now) > GiveUpMilliseconds)
        {
            starts++;
        }

        EmitOpen(queue, chains);
        EmitStarts(queue, starts);
    }

    private void EmitOpen(QueueState queue, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _emit(queue.Open[i].Record);
        }

        queue.Open.RemoveRange(0, count);
    }

    private void EmitStarts(QueueState queue, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _emit(OpenTunChain.OfStart(queue.Starts[i]));
        }

        queue.Starts.RemoveRange(0, count);
    }

    private sealed class QueueState
    {
        public readonly List<OpenTunChain> Open = [];
        public readonly List<TunEvent> Starts = [];
    }
}
