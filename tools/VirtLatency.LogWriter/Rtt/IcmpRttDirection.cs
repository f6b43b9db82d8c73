namespace VirtLatency.LogWriter;

/// <summary>Trace direction of kernel_icmp_rtt.</summary>
public enum IcmpRttDirection
{
    /// <summary>In the VM that pings: path 1 is the request going out, path 2 the reply coming in.</summary>
    Tx,

    /// <summary>In the VM that answers: path 1 is the request coming in, path 2 the reply going out.</summary>
    Rx,
}
