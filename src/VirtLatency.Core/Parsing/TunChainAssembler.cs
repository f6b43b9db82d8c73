namespace VirtLatency.Parsing;

/// <summary>
/// Puts stage events together to chains, one packet each, per device and queue.
/// The trick: stages 2 to 5 of a chain run on the worker's CPU and so come in order, but stage 1 runs on the CPU that
/// took the packet and has a perf buffer of its own: its event may come after its chain's others. So a chain is opened
/// by stage 2; stage 1 waits for it, or finds it, by time: a stage's stamp less its delay is the stamp of the stage that
/// the delay counts from, as far as the stamps go. Of several stage 1 events that fit, the last one is taken: the tool
/// keeps one start per queue, and the delay belongs to the last. The others stay alone.
/// Events that find no chain wait too, in case they come before it: a text may have been sorted. A kworker's stage 5
/// waits until its chain is given up: the worker's own, if it comes, is the right one.
/// </summary>
internal sealed class TunChainAssembler
{
    /// <summary>An unfinished chain, or a lone event, is given up once its queue has moved on by this much.</summary>
    private const long GiveUpNanoseconds = 1000 * OpenTunChain.NanosecondsPerMillisecond;

    /// <summary>Queues that are remembered; damaged names must not fill the memory.</summary>
    private const int MostQueues = 4096;

    /// <summary>A power of two, more than a device has queues.</summary>
    private const int RecentQueues = 16;

    /// <summary>Unfinished chains, lone stages 1 and other lone events kept per queue, for bounded memory whatever the stamps say.</summary>
    private const int MostOpen = 64;

    private readonly Dictionary<(string? Device, int Queue), QueueState> _queues = [];
    private readonly (string? Device, int Number, QueueState? Queue)[] _recent = new (string?, int, QueueState?)[RecentQueues];
    private readonly Action<TunChainRecord> _emit;
    private readonly Action? _adopted;

    /// <summary>Makes an assembler for one file.</summary>
    /// <param name="emit">Takes the chains.</param>
    /// <param name="adopted">Told when an event that had found no chain gets one after all.</param>
    public TunChainAssembler(Action<TunChainRecord> emit, Action? adopted) => (_emit, _adopted) = (emit, adopted);

    /// <summary>Takes an event.</summary>
    /// <returns>False for a stage that belongs to no chain so far: another interrupt with the same vector, an end without its beginning, or one that comes before it.</returns>
    public bool Add(in TunEvent stage)
    {
        QueueState queue = QueueOf(stage.Device, stage.Queue);
        return stage.Stage switch
        {
            1 => AddStart(queue, in stage),
            2 => Open(queue, in stage),
            _ => AddLater(queue, in stage),
        };
    }

    /// <summary>A line's queue is most often one of few: the reader gives the same string for the same device.</summary>
    private QueueState QueueOf(string? device, int number)
    {
        ref (string? Device, int Number, QueueState? Queue) recent = ref _recent[number & (RecentQueues - 1)];
        if (recent.Queue is { } same && recent.Number == number && ReferenceEquals(recent.Device, device))
        {
            return same;
        }

        (string?, int) key = (device, number);
        if (!_queues.TryGetValue(key, out QueueState? queue))
        {
            if (_queues.Count == MostQueues)
            {
                Flush();
            }

            _queues.Add(key, queue = new QueueState());
        }

        recent = (device, number, queue);
        return queue;
    }

    /// <summary>Emits what is still open, at the end of the file or run.</summary>
    public void Flush()
    {
        Array.Clear(_recent);
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
        int best = -1;
        long least = long.MaxValue;
        for (int i = 0; i < queue.Open.Count; i++)
        {
            if (!queue.Open[i].HasStart && queue.Open[i].MisfitOf(in stage) is { } misfit && misfit < least)
            {
                (best, least) = (i, misfit);
            }
        }

        if (best < 0)
        {
            queue.Starts.Add(stage);
            return true;
        }

        queue.Open[best].Start(in stage);
        EmitIfComplete(queue, best);
        return true;
    }

    private bool Open(QueueState queue, in TunEvent stage)
    {
        GiveUp(queue, in stage);
        var chain = new OpenTunChain(in stage);
        int best = -1;
        long least = long.MaxValue;
        for (int i = queue.Starts.Count - 1; i >= 0; i--)
        {
            if (chain.MisfitOf(queue.Starts[i]) is { } misfit && misfit < least)
            {
                (best, least) = (i, misfit);
            }
        }

        if (best >= 0)
        {
            TunEvent start = queue.Starts[best];
            chain.Start(in start);
            queue.Starts.RemoveAt(best);
            EmitOverwritten(queue, in start, best);
        }

        queue.Open.Add(chain);
        AdoptLater(queue, queue.Open.Count - 1);
        return true;
    }

    /// <summary>The worker signals in order: what came before a start that was signalled, and still waits, was overwritten by it.</summary>
    private void EmitOverwritten(QueueState queue, in TunEvent start, int count)
    {
        for (int i = 0; i < count;)
        {
            TunEvent earlier = queue.Starts[i];
            if (OpenTunChain.Elapsed(in earlier, in start) < 0)
            {
                i++;
                continue;
            }

            _emit(OpenTunChain.OfStart(in earlier));
            queue.Starts.RemoveAt(i);
            count--;
        }
    }

    private bool AddLater(QueueState queue, in TunEvent stage)
    {
        for (int i = queue.Open.Count - 1; i >= 0; i--)
        {
            if (TryLater(queue.Open[i], in stage))
            {
                AdoptLater(queue, i);
                return true;
            }
        }

        if (queue.Lone.Count == MostOpen)
        {
            queue.Lone.RemoveAt(0);
        }

        queue.Lone.Add(stage);
        return false;
    }

    /// <summary>Gives a chain the lone events that it was missing; it is emitted when it is complete then.</summary>
    private void AdoptLater(QueueState queue, int index)
    {
        OpenTunChain chain = queue.Open[index];
        for (int i = 0; i < queue.Lone.Count;)
        {
            // A stage 4 makes room for a stage 5 that was passed over.
            i = Adopt(queue, chain, i, isDeferred: false) ? 0 : i + 1;
        }

        EmitIfComplete(queue, index);
    }

    private bool Adopt(QueueState queue, OpenTunChain chain, int lone, bool isDeferred)
    {
        TunEvent stage = queue.Lone[lone];
        bool fits = isDeferred
            ? stage.Stage == 5 && chain.TryInterrupt(in stage, isDeferred: true)
            : TryLater(chain, in stage);
        if (fits)
        {
            queue.Lone.RemoveAt(lone);
            _adopted?.Invoke();
        }

        return fits;
    }

    /// <summary>Stage 5 has no pointer in text, only the interrupt's number: it counts from stage 4's CPU and PID.</summary>
    private static bool TryLater(OpenTunChain chain, in TunEvent stage) =>
        stage.Stage == 5 ? chain.TryInterrupt(in stage, isDeferred: false) : chain.TryMiddle(in stage);

    private void EmitIfComplete(QueueState queue, int index)
    {
        OpenTunChain chain = queue.Open[index];
        if (chain.IsComplete)
        {
            queue.Open.RemoveAt(index);
            _emit(chain.Record);
        }
    }

    /// <summary>Lets go of what the queue has left behind: by time, and by number.</summary>
    private void GiveUp(QueueState queue, in TunEvent now)
    {
        int chains = Math.Max(0, queue.Open.Count - MostOpen + 1);
        while (chains < queue.Open.Count && queue.Open[chains].ElapsedUntil(in now) > GiveUpNanoseconds)
        {
            chains++;
        }

        int starts = Math.Max(0, queue.Starts.Count - MostOpen + 1);
        while (starts < queue.Starts.Count && OpenTunChain.Elapsed(queue.Starts[starts], now) > GiveUpNanoseconds)
        {
            starts++;
        }

        EmitOpen(queue, chains);
        EmitStarts(queue, starts);
        int lone = 0;
        while (lone < queue.Lone.Count && OpenTunChain.Elapsed(queue.Lone[lone], now) > GiveUpNanoseconds)
        {
            lone++;
        }

        queue.Lone.RemoveRange(0, lone);
    }

    private void EmitOpen(QueueState queue, int count)
    {
        for (int i = 0; i < count; i++)
        {
            OpenTunChain chain = queue.Open[i];
            for (int lone = 0; lone < queue.Lone.Count && !Adopt(queue, chain, lone, isDeferred: true); lone++)
            {
            }

            _emit(chain.Record);
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

        /// <summary>Stages 3 to 5 without a chain.</summary>
        public readonly List<TunEvent> Lone = [];
    }
}
