namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>Wake-ups are not measured.</summary>
public sealed class WakeupException : InvalidOperationException
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">Why.</param>
    /// <param name="cpu">The CPU that it is about; null where it is about none.</param>
    /// <param name="message">What was found, and what to do.</param>
    public WakeupException(WakeupProblem problem, int? cpu, string message)
        : base(message)
    {
        Problem = problem;
        Cpu = cpu;
    }

    /// <summary>Why.</summary>
    public WakeupProblem Problem { get; }

    /// <summary>The CPU that it is about.</summary>
    public int? Cpu { get; }
}
