namespace VirtLatency.Model;

/// <summary>How often and how long an idle state was asked for, on one CPU or on several.</summary>
public sealed class CStateUsage
{
    /// <summary>The host.</summary>
    public string? HostName { get; init; }

    /// <summary>The CPU; null where the row sums several, which CpuRange names.</summary>
    public int? Cpu { get; init; }

    /// <summary>The state's name.</summary>
    public string? State { get; init; }

    /// <summary>Entries per second, of all CPUs of the row; null where a count is missing.</summary>
    public double? EntriesPerSecond { get; init; }

    /// <summary>Share of the time that the row's CPUs asked to be in the state (percent), their mean.</summary>
    public double? ResidencyPercent { get; init; }

    /// <summary>Entries that were too deep for the idle time that came.</summary>
    public long? AboveCount { get; init; }

    /// <summary>Entries that were too shallow for the idle time that came.</summary>
    public long? BelowCount { get; init; }

    /// <summary>Entries that the hardware or the driver refused.</summary>
    public long? RejectedCount { get; init; }

    /// <summary>Time that the row covers (s).</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The CPUs of the row, as text.</summary>
    public string? CpuRange { get; init; }

    /// <summary>Entries in that time.</summary>
    public long? EntryCount { get; init; }

    /// <summary>Mean stay of an entry (us); null without entries.</summary>
    public double? MeanStayUs { get; init; }

    /// <summary>The smallest share among the row's CPUs (percent).</summary>
    public double? MinResidencyPercent { get; init; }

    /// <summary>The largest share among the row's CPUs (percent).</summary>
    public double? MaxResidencyPercent { get; init; }

    /// <summary>Share of the time that the hardware was in the state (percent), from perf's cstate events; null where they cannot be read.</summary>
    public double? HardwareResidencyPercent { get; init; }

    /// <summary>Why a number is missing, and what else to know.</summary>
    public string? Note { get; init; }
}
