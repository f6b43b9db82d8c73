using VirtLatency.Parsing;

namespace VirtLatency.CpuIdle;

/// <summary>What vhost_sched_config_check.sh printed of a host's idle states, with an account of its lines.</summary>
/// <param name="Snapshot">The host as far as the script shows it: cpu0 only.</param>
/// <param name="ParsedLineCount">Lines that were understood.</param>
/// <param name="NoiseLineCount">Lines about other things.</param>
/// <param name="Issues">Lines about idle states that are damaged.</param>
public sealed record ConfigCheck(CpuIdleSnapshot Snapshot, int ParsedLineCount, int NoiseLineCount, IReadOnlyList<ParseIssue> Issues);
