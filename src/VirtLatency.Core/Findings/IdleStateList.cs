using System.Globalization;
using System.Text.RegularExpressions;
using VirtLatency.CpuIdle.Boot;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>The states of a host as its row lists them, in the driver's order: name, exit latency, and where a state is off.</summary>
internal sealed partial class IdleStateList
{
    private readonly IReadOnlyList<(int Index, string Name, double Us, string? Off)> _states;
    private readonly CStateConfig _host;

    private IdleStateList(CStateConfig host)
    {
        _host = host;
        _states = [.. (host.States ?? string.Empty).Split(", ").Select(text => Entry().Match(text)).Where(match => match.Success).Select((match, index) => (
            index,
            match.Groups["name"].Value,
            double.Parse(match.Groups["us"].Value, CultureInfo.InvariantCulture),
            match.Groups["off"].Success ? match.Groups["off"].Value : null))];
    }

    /// <summary>The largest exit latency of a state that is on for every CPU: what somebody wanted, where states are off somewhere; null without states.</summary>
    public double? WantedUs => _states.Where(state => state.Off is null).Select(state => (double?)state.Us).Max();

    /// <summary>Reads a host's row.</summary>
    public static IdleStateList Of(CStateConfig host) => new(host);

    /// <summary>States that are deeper than a limit and that nothing on the running command line keeps away, with where they are off now.</summary>
    public IReadOnlyList<string> KeptByBoot(double limitUs) =>
        [.. _states.Where(state => state.Us > limitUs && !IsTakenAway(state.Index)).Select(state => string.Create(CultureInfo.InvariantCulture, $"{state.Name} {state.Us}us{(state.Off is { } off ? $" ({off})" : string.Empty)}"))];

    /// <summary>The parameter that would leave the states within a limit; null where the driver has none.</summary>
    public string? Advice(double limitUs)
    {
        int last = _states.Where(state => state.Us <= limitUs).Select(state => state.Index).DefaultIfEmpty(0).Max();
        ulong mask = _states.Where(state => state.Us > limitUs).Aggregate(0UL, (sum, state) => sum | (1UL << state.Index));
        return _host.Driver switch
        {
            "intel_idle" => FormattableString.Invariant($"intel_idle.states_off={mask}{(last > 0 ? $" or intel_idle.max_cstate={last}" : string.Empty)}"),
            "acpi_idle" when last > 0 => FormattableString.Invariant($"processor.max_cstate={last}"),
            _ => null,
        };
    }

    private bool IsTakenAway(int index)
    {
        foreach (string word in (_host.BootParameter ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = word.Trim('"').Split('=', 2);
            long? number = parts.Length == 2 ? IdleTable.KernelNumber(parts[1]) : null;
            bool isAway = (parts[0].Replace('-', '_'), _host.Driver, number) switch
            {
                ("intel_idle.states_off", "intel_idle", { } mask) => (mask & (1L << index)) != 0,
                ("intel_idle.max_cstate", "intel_idle", > 0 and var most) => index > most,
                ("processor.max_cstate", "acpi_idle", { } most) => index > Math.Max(1, most),
                _ => false,
            };
            if (isAway)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"^(?<name>.+?) (?<us>[0-9]+)us(?: \((?<off>off[^)]*)\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry();
}
