namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>Puts one CPU to sleep and wakes it from another, burst by burst.</summary>
public interface IWakeupProbe : IDisposable
{
    /// <summary>Runs one burst: the sleeper blocks, and is woken after the idle length, as often as there is room.</summary>
    /// <param name="idleUs">From the sleeper's stamp before it blocks to the waker's stamp before it wakes it, in us.</param>
    /// <param name="latencies">Filled with ns from the waker's stamp to the sleeper's after waking.</param>
    /// <param name="cancellation">Looked at between wake-ups.</param>
    /// <returns>What else is known about the burst.</returns>
    /// <exception cref="WakeupException">The probe cannot run.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the sleeper is awake again.</exception>
    WakeupBurst Run(double idleUs, long[] latencies, CancellationToken cancellation);
}
