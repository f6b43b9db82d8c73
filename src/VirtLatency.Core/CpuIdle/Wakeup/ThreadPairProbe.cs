using System.Runtime.CompilerServices;

namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>
/// Two threads of this process, each bound to a CPU: the sleeper blocks on an eventfd, the waker spins until the idle length
/// is over, takes the time, and writes. Nothing in the loops allocates, and the waker's CPU never idles, so that only
/// one wake-up is in a measured latency. Between bursts both block; around the counters' reading the sleeper spins, so that
/// no entry of an idle state is counted that is not one of the burst's. After a burst that ended by an exception the probe
/// cannot be used again.
/// </summary>
public sealed class ThreadPairProbe : IWakeupProbe
{
    /// <summary>Wake-ups at a burst's start that do not count: governors predict the next idle length from the last ones.</summary>
    public const int LeadIn = 2;

    private const long NotAnsweringNs = 3_000_000_000;
    private const int JoinMs = 2_000;

    // Places in the shared memory, a pair of cache lines (128 bytes) apart.
    private const int Ready = 0;
    private const int ReadyStamp = 16;
    private const int Done = 32;
    private const int DoneStamp = 48;
    private const int Passed = 64;
    private const int Cancelled = 80;
    private const int SharedLongs = 96;

    private readonly long[] _shared = GC.AllocateArray<long>(SharedLongs, pinned: true);
    private readonly SemaphoreSlim _sleeperStart = new(0);
    private readonly SemaphoreSlim _wakerStart = new(0);
    private readonly CountdownEvent _ended = new(2);
    private readonly Func<IdleCounters> _counters;
    private readonly Thread _sleeper;
    private readonly Thread _waker;
    private readonly int _cpu;
    private readonly int _wakerCpu;
    private readonly int _event;

    private volatile bool _isDisposing;
    private bool _isBroken;

    /// <summary>A burst that was cut short leaves the eventfd set: the threads cannot be used again.</summary>
    private bool _isSpent;

    private int _refusedCpu = -1;
    private long[] _latencies = [];
    private long _idleNs;
    private CancellationToken _cancellation;
    private bool _isAnswered;
    private IdleCounters _before = IdleCounters.None;
    private IdleCounters _after = IdleCounters.None;
    private long _preemptions;

    /// <summary>Starts the threads.</summary>
    /// <param name="cpu">The CPU that sleeps.</param>
    /// <param name="wakerCpu">The CPU that wakes it.</param>
    /// <param name="counters">Reads the sleeping CPU's counters; called on the waker's thread.</param>
    /// <exception cref="WakeupException">A CPU may not be used, or this is no 64-bit Linux.</exception>
    public ThreadPairProbe(int cpu, int wakerCpu, Func<IdleCounters> counters)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            throw new WakeupException(WakeupProblem.PlatformNotSupported, null, "Wake-ups are measured on 64-bit Linux only. Run it on the host itself.");
        }

        (_cpu, _wakerCpu, _counters) = (cpu, wakerCpu, counters);
        _event = NativeThread.OpenEvent();
        if (_event < 0)
        {
            throw new IOException("The kernel gives this process no eventfd: its limit of open files is reached. Raise it (ulimit -n).");
        }

        _sleeper = new Thread(() => Serve(_cpu, _sleeperStart, Sleep)) { IsBackground = true, Name = "wakeup sleeper" };
        _waker = new Thread(() => Serve(_wakerCpu, _wakerStart, WakeAll)) { IsBackground = true, Name = "wakeup waker" };
        _sleeper.Start();
        _waker.Start();
        _ended.Wait();
        if (_refusedCpu >= 0)
        {
            Dispose();
            throw new WakeupException(
                WakeupProblem.CpuNotAllowed, _refusedCpu, FormattableString.Invariant($"This process may not run on CPU {_refusedCpu}: it is outside its cpuset, or went offline. Give another CPU."));
        }
    }

    /// <inheritdoc/>
    public WakeupBurst Run(double idleUs, long[] latencies, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isSpent, this);
        _isSpent = true;
        (_latencies, _idleNs, _cancellation, _isAnswered, _preemptions) = (latencies, (long)(idleUs * 1000), cancellation, true, 0);
        Array.Clear(_shared);
        int collections = GC.CollectionCount(0);
        _ended.Reset();
        _sleeperStart.Release();
        _wakerStart.Release();
        while (!_ended.Wait(JoinMs, CancellationToken.None))
        {
            if (!Volatile.Read(ref _isAnswered))
            {
                _isBroken = true;
                break;
            }
        }

        if (!_isAnswered)
        {
            throw new WakeupException(
                WakeupProblem.SleeperNotAnswering, _cpu, FormattableString.Invariant($"The sleeper on CPU {_cpu} did not run for three seconds after it was woken: something else holds that CPU. Give another one with -Cpu."));
        }

        cancellation.ThrowIfCancellationRequested();
        _isSpent = false;
        return new WakeupBurst(_before, _after, Volatile.Read(ref _preemptions), GC.CollectionCount(0) != collections);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposing)
        {
            return;
        }

        _isDisposing = true;
        _sleeperStart.Release();
        _wakerStart.Release();
        bool ended = !_isBroken && _sleeper.Join(JoinMs) && _waker.Join(JoinMs);
        if (ended)
        {
            // A thread that still hangs keeps the descriptor: another file could get its number.
            NativeThread.CloseEvent(_event);
            _sleeperStart.Dispose();
            _wakerStart.Dispose();
            _ended.Dispose();
        }
    }

    private void Serve(int cpu, SemaphoreSlim start, Action burst)
    {
        if (!NativeThread.Pin(cpu))
        {
            _refusedCpu = cpu;
        }

        NativeThread.UseLeastTimerSlack();
        _ended.Signal();
        for (start.Wait(); !_isDisposing; start.Wait())
        {
            long preemptions = NativeThread.PreemptionCount();
            burst();
            Interlocked.Add(ref _preemptions, NativeThread.PreemptionCount() - preemptions);
            _ended.Signal();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Sleep()
    {
        long[] time = GC.AllocateArray<long>(4, pinned: true);
        nint address = NativeThread.AddressOf(time);
        nint value = address + (2 * sizeof(long));
        int count = LeadIn + _latencies.Length;
        for (int i = 1; i <= count && _shared[Cancelled] == 0; i++)
        {
            if (i == LeadIn + 1)
            {
                Spin(Passed, 1, 0, time, address);
            }

            _shared[ReadyStamp] = NativeThread.Now(time, address);
            Volatile.Write(ref _shared[Ready], i);
            while (NativeThread.Await(_event, value) < 0)
            {
                // A signal; the latency of this wake-up is still right: it is the waker that stamps its start.
            }

            _shared[DoneStamp] = NativeThread.Now(time, address);
            Volatile.Write(ref _shared[Done], i);
        }

        Spin(Passed, 2, 0, time, address);
        GC.KeepAlive(time);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void WakeAll()
    {
        long[] time = GC.AllocateArray<long>(4, pinned: true);
        time[2] = 1;
        nint address = NativeThread.AddressOf(time);
        nint one = address + (2 * sizeof(long));
        int count = LeadIn + _latencies.Length;
        bool isAnswered = true;
        for (int i = 1; i <= count && isAnswered && !_cancellation.IsCancellationRequested; i++)
        {
            if (i == LeadIn + 1)
            {
                _before = _counters();
                Volatile.Write(ref _shared[Passed], 1);
            }

            isAnswered = Spin(Ready, i, NotAnsweringNs, time, address);
            long due = _shared[ReadyStamp] + _idleNs;
            long start;
            do
            {
                start = NativeThread.Now(time, address);
            }
            while (start < due);

            NativeThread.Wake(_event, one);
            isAnswered = isAnswered && Spin(Done, i, NotAnsweringNs, time, address);
            if (i > LeadIn)
            {
                _latencies[i - LeadIn - 1] = _shared[DoneStamp] - start;
            }
        }

        Volatile.Write(ref _isAnswered, isAnswered);
        _after = _counters();
        if (!isAnswered || _cancellation.IsCancellationRequested)
        {
            Volatile.Write(ref _shared[Cancelled], 1);
            NativeThread.Wake(_event, one);
        }

        Volatile.Write(ref _shared[Passed], 2);
        GC.KeepAlive(time);
    }

    /// <summary>Spins until a place has at least a value.</summary>
    /// <returns>False when it took too long; never with a limit of 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private bool Spin(int place, long value, long limitNs, long[] time, nint address)
    {
        long end = limitNs == 0 ? long.MaxValue : NativeThread.Now(time, address) + limitNs;
        for (int turns = 1; Volatile.Read(ref _shared[place]) < value; turns++)
        {
            Thread.SpinWait(1);
            if (turns % 64 == 0 && NativeThread.Now(time, address) > end)
            {
                return false;
            }
        }

        return true;
    }
}
