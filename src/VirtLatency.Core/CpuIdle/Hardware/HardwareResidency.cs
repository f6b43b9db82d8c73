namespace VirtLatency.CpuIdle.Hardware;

/// <summary>How long cores and packages were in their states by the hardware's own counters, between two moments.</summary>
internal sealed class HardwareResidency
{
    /// <summary>How a part of a note about these counters begins.</summary>
    public const string NotePrefix = "hardware residency: ";

    private readonly Dictionary<(int Cpu, string State), (double? Percent, string? Note)> _states = [];
    private readonly string? _reason;

    private HardwareResidency(string? reason, IReadOnlyList<PackageResidency> packages) => (_reason, Packages) = (reason, packages);

    /// <summary>Packages, in order of their CPUs.</summary>
    public IReadOnlyList<PackageResidency> Packages { get; }

    /// <summary>Nothing was counted.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The same note for every state.</returns>
    public static HardwareResidency None(string reason) => new(reason, []);

    /// <summary>What was counted.</summary>
    /// <param name="snapshot">The host, for its states.</param>
    /// <param name="percentOf">A CPU's share by event; null where there is none.</param>
    /// <param name="packages">The packages.</param>
    /// <returns>The shares by state.</returns>
    public static HardwareResidency Of(CpuIdleSnapshot snapshot, Func<int, string, double?> percentOf, IReadOnlyList<PackageResidency> packages)
    {
        var residency = new HardwareResidency(null, packages);
        foreach (IdleCpu cpu in snapshot.Cpus)
        {
            ILookup<string?, IdleState> byEvent = cpu.States.ToLookup(state => ResidencyCounter.EventOf(snapshot.Driver, state), StringComparer.Ordinal);
            foreach (IdleState state in cpu.States)
            {
                residency._states[(cpu.Number, state.Name)] = ResidencyCounter.EventOf(snapshot.Driver, state) is { } name && percentOf(cpu.Number, name) is { } percent
                    ? Shared(state, [.. byEvent[name]], percent)
                    : (null, state.IsPolling ? null : "no counter of this CPU counts the state");
            }
        }

        return residency;
    }

    /// <summary>A CPU's share of a state.</summary>
    /// <param name="cpu">The CPU.</param>
    /// <param name="state">The state's name.</param>
    /// <returns>Percent; null where it was not counted.</returns>
    public double? PercentOf(int cpu, string state) => _states.GetValueOrDefault((cpu, state)).Percent;

    /// <summary>Why there is no share, or what is in it.</summary>
    /// <param name="cpu">The CPU.</param>
    /// <param name="state">The state's name.</param>
    /// <returns>A part of a note; null where there is nothing to say.</returns>
    public string? NoteOf(int cpu, string state) => (_reason ?? _states.GetValueOrDefault((cpu, state)).Note) is { } note ? NotePrefix + note : null;

    /// <summary>The first of the states that a counter counts together carries the share.</summary>
    private static (double? Percent, string? Note) Shared(IdleState state, IReadOnlyList<IdleState> together, double percent) =>
        together.Count == 1 ? (percent, null)
        : state.Name == together[0].Name ? (percent, $"with {string.Join(", ", together.Skip(1).Select(other => other.Name))}")
        : (null, $"counted with {together[0].Name}");
}
