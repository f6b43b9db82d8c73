using System.Runtime.InteropServices;

namespace VirtLatency.Model;

/// <summary>
/// One sample in memory: 24 bytes, whatever the tool. The four values are the tool's printed columns in ticks of the
/// store (a print step or finer), the key says which packet it was.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
public struct SampleRecord
{
    /// <summary>Stands for "not measured".</summary>
    public const int Missing = int.MinValue;

    /// <summary>Index into the store's flows: run, addresses, device and queue.</summary>
    public ushort Flow;

    /// <summary>ICMP identifier; 0, with sequence 0, where the tool prints none.</summary>
    public ushort IcmpId;

    /// <summary>ICMP sequence number; 0 where the tool prints none.</summary>
    public ushort Sequence;

    /// <summary>What is unusual about the sample.</summary>
    public SampleFlags Flags;

    /// <summary>First column.</summary>
    public int Value0;

    /// <summary>Second column.</summary>
    public int Value1;

    /// <summary>Third column.</summary>
    public int Value2;

    /// <summary>Fourth column.</summary>
    public int Value3;
}
