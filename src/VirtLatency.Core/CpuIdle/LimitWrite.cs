using System.Text.Json.Serialization;

namespace VirtLatency.CpuIdle;

/// <summary>One value that a limit changes. The file follows from CPU and state, so that no journal can name another.</summary>
/// <param name="Cpu">The CPU.</param>
/// <param name="Index">The state's index when the limit was set; null for the CPU's resume latency.</param>
/// <param name="State">The state's name; null for the CPU's resume latency.</param>
/// <param name="ExitLatencyUs">The state's exit latency when the limit was set; null where it is not known.</param>
/// <param name="Before">The value found.</param>
/// <param name="After">The value written.</param>
public sealed record LimitWrite(int Cpu, int? Index, string? State, long? ExitLatencyUs, string Before, string After)
{
    /// <summary>The file.</summary>
    [JsonIgnore]
    public string Path => Index is { } index ? CpuIdleReader.PathOf(Cpu, index, "disable") : ResumePathOf(Cpu);

    /// <summary>CPU and state for messages.</summary>
    [JsonIgnore]
    public string Place => FormattableString.Invariant($"cpu{Cpu}") + (State is null ? " resume latency" : $" state {State}");

    /// <summary>The file of a CPU's resume latency.</summary>
    /// <param name="cpu">The CPU.</param>
    /// <returns>Its absolute path.</returns>
    public static string ResumePathOf(int cpu) => FormattableString.Invariant($"{CpuIdleReader.CpuFolder}/cpu{cpu}/power/pm_qos_resume_latency_us");

    /// <summary>A value read as it would be written.</summary>
    /// <param name="text">What was read.</param>
    /// <returns>0 or 1 for `disable`, a resume latency as it stands there; null where nothing was read, or no such value.</returns>
    public string? Normal(string? text) => Index is null ? text?.Trim() : FlagText(IdleState.FlagOf(text));

    /// <summary>A flag as it is written.</summary>
    /// <param name="flag">The flag.</param>
    /// <returns>0 or 1; null where it is not known.</returns>
    internal static string? FlagText(bool? flag) => flag switch { null => null, false => "0", true => "1" };
}
