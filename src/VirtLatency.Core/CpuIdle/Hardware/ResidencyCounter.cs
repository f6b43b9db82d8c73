using System.Globalization;

namespace VirtLatency.CpuIdle.Hardware;

/// <summary>
/// Which of a core's residency counters counts a state; pure. The counters know C1, C3, C6 and C7 of the core. C1E is C1 to
/// them, and variants such as C6P are C6: so one counter can count several states.
/// </summary>
internal static class ResidencyCounter
{
    private const string Hint = "MWAIT 0x";

    /// <summary>The event that counts a state.</summary>
    /// <param name="driver">The host's idle driver.</param>
    /// <param name="state">The state.</param>
    /// <returns>Such as c6-residency; null where none does.</returns>
    public static string? EventOf(string? driver, IdleState state)
    {
        // ACPI's C2 and C3 are not the core's: only the hint that is given to MWAIT tells.
        bool isOwnName = driver == "intel_idle" && !state.Name.EndsWith("_ACPI", StringComparison.Ordinal);
        char? number = isOwnName ? NumberOf(state.Name) : NumberOfHint(state.Description);
        return number is '1' or '3' or '6' or '7' ? $"c{number}-residency" : null;
    }

    /// <summary>C6 and C6P, not C10.</summary>
    private static char? NumberOf(string name) => name.Length >= 2 && name[0] == 'C' && char.IsAsciiDigit(name[1]) && (name.Length == 2 || !char.IsAsciiDigit(name[2])) ? name[1] : null;

    /// <summary>The upper half of the hint, as drivers/idle/intel_idle.c gives it for Core and Xeon: 0 C1, 1 C3, 2 C6, 3 C7.</summary>
    private static char? NumberOfHint(string? description)
    {
        int at = description?.IndexOf(Hint, StringComparison.Ordinal) ?? -1;
        return at >= 0 && int.TryParse(description.AsSpan(at + Hint.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int hint)
            ? (hint >> 4) switch { 0 => '1', 1 => '3', 2 => '6', 3 => '7', _ => null }
            : null;
    }
}
