using System.Globalization;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>The idle states of a host's CPUs as one table, and what limits leave of it.</summary>
internal sealed class IdleTable
{
    private IdleTable(CpuIdleSnapshot snapshot, IReadOnlyList<IdleCpu> cpus)
    {
        Driver = snapshot.Driver;
        Governor = snapshot.Governor;
        States = cpus.Count > 0 ? cpus[0].States : [];
        IsUniform = cpus.All(cpu => cpu.States.Select(KeyOf).SequenceEqual(States.Select(KeyOf)));
        string[] sets = [.. cpus.Select(cpu => TextOf(cpu.States.Where(state => state.IsEnabled))).Distinct(StringComparer.Ordinal)];
        InForce = sets.Length == 1 ? sets[0] : null;
    }

    /// <summary>cpuidle's driver; null without cpuidle.</summary>
    public string? Driver { get; }

    /// <summary>cpuidle's governor.</summary>
    public string? Governor { get; }

    /// <summary>The states of the first CPU, by index.</summary>
    public IReadOnlyList<IdleState> States { get; }

    /// <summary>Whether every CPU has the same states.</summary>
    public bool IsUniform { get; }

    /// <summary>States that are enabled; null where CPUs differ.</summary>
    public string? InForce { get; }

    /// <summary>The table of some CPUs.</summary>
    /// <param name="snapshot">The host.</param>
    /// <param name="cpus">CPU numbers; empty for all.</param>
    public static IdleTable Of(CpuIdleSnapshot snapshot, IReadOnlyCollection<int>? cpus = null) =>
        new(snapshot, [.. snapshot.Cpus.Where(cpu => cpu.States.Count > 0 && (cpus is null || cpus.Count == 0 || cpus.Contains(cpu.Number)))]);

    /// <summary>Names of states, as text.</summary>
    public static string TextOf(IEnumerable<IdleState> states) => string.Join(", ", states.Select(state => state.Name));

    /// <summary>States within a limit; polling always is, and what has no latency counts as unlimited.</summary>
    public IReadOnlyList<IdleState> Within(double maxExitLatencyUs) =>
        [.. States.Where(state => state.IsPolling || (state.ExitLatencyUs ?? long.MaxValue) <= maxExitLatencyUs)];

    /// <summary>States that max_cstate leaves: those up to an index.</summary>
    public IReadOnlyList<IdleState> UpTo(long index) => [.. States.Where(state => state.Index <= index)];

    /// <summary>States that states_off leaves.</summary>
    public IReadOnlyList<IdleState> Without(ulong mask) => [.. States.Where(state => state.Index >= 64 || (mask & (1UL << state.Index)) == 0)];

    /// <summary>The states that a parameter leaves; null where it does not concern this host's driver, or takes none away.</summary>
    public IReadOnlyList<IdleState>? LeftBy(string parameter, string? value)
    {
        if (value is null || States.Count == 0)
        {
            return null;
        }

        IReadOnlyList<IdleState>? left = parameter switch
        {
            "intel_idle.max_cstate" when Driver == "intel_idle" && KernelNumber(value) is long and > 0 and var n => UpTo(n),
            "intel_idle.states_off" when Driver == "intel_idle" && KernelNumber(value) is long and >= 0 and var mask => Without((ulong)mask),
            "processor.max_cstate" when Driver == "acpi_idle" && KernelNumber(value) is long and >= 0 and var n => UpTo(Math.Max(1, n)),
            "idle" when value == "poll" => [.. States.Where(state => state.IsPolling)],
            _ => null,
        };
        return left?.Count == States.Count ? null : left;
    }

    /// <summary>A number as kstrtoint with base 0 reads it: 0x is hexadecimal, a leading 0 octal.</summary>
    /// <returns>The number; null where the kernel refuses the text, and so the parameter.</returns>
    public static long? KernelNumber(string text)
    {
        bool isNegative = text.StartsWith('-');
        string digits = text.TrimStart('-', '+');
        if (text.Length - digits.Length > 1)
        {
            return null;
        }

        long? number = null;
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            number = long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hex) && digits.Length <= 17 ? hex : null;
        }
        else if (digits.Length > 1 && digits[0] == '0')
        {
            number = digits.Length <= 20 && digits.All(c => c is >= '0' and <= '7') ? digits.Aggregate(0L, (sum, c) => (sum * 8) + (c - '0')) : null;
        }
        else if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long plain))
        {
            number = plain;
        }

        return number > uint.MaxValue ? null : isNegative ? -number : number;
    }

    private static (string Name, long? Latency) KeyOf(IdleState state) => (state.Name, state.ExitLatencyUs);
}
