namespace VirtLatency.CpuIdle.Vhost;

/// <summary>The CPUs behind a tap device that cannot be found out.</summary>
public sealed class VhostException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="device">The device.</param>
    /// <param name="message">What was found, where, and what to do.</param>
    public VhostException(VhostProblem problem, string device, string message)
        : base(message)
    {
        Problem = problem;
        Device = device;
    }

    /// <summary>What is wrong.</summary>
    public VhostProblem Problem { get; }

    /// <summary>The device.</summary>
    public string Device { get; }
}
