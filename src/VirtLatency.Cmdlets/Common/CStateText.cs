using System.Globalization;
using VirtLatency.CpuIdle.Hardware;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>The text of the views of idle states, called by VirtLatency.Format.ps1xml; in the invariant culture on every machine.</summary>
public static class CStateText
{
    private const string Absent = "-";

    /// <summary>PM QoS for no limit (us).</summary>
    private const double NoLimit = 2_000_000_000;

    /// <summary>Room beside the labels of the list at 80 columns.</summary>
    private const int ListWidth = 64;

    /// <summary>Driver, governor and kernel.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>intel_idle, governor menu, kernel 5.10.0</c>.</returns>
    public static string Driver(CStateConfig row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Wrap($"{row.Driver ?? Absent}, governor {row.Governor ?? Absent}, kernel {row.KernelRelease ?? Absent}");
    }

    /// <summary>The CPUs and whether they agree.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>128 (0-127), all alike, SMT on</c>.</returns>
    public static string Cpus(CStateConfig row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string count = row.CpuCount is { } cpus ? FormattableString.Invariant($"{cpus} ({row.OnlineCpu})") : Absent;
        string alike = row.Uniform switch { true => ", all alike", false => ", not all alike", null => string.Empty };
        string smt = row.SmtActive switch { true => ", SMT on", false => ", SMT off", null => string.Empty };
        return Wrap(count + alike + smt);
    }

    /// <summary>The deepest state that may be entered, with its exit latency.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>C6, 290 us</c>.</returns>
    public static string Deepest(CStateConfig row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.DeepestEnabled is null ? Absent : $"{row.DeepestEnabled}, {Us(row.MaxExitLatencyUs)} us";
    }

    /// <summary>What PM QoS leaves of the exit latency.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>4 us</c>.</returns>
    public static string Effective(CStateConfig row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.EffectiveLimitUs is null ? Absent : Us(row.EffectiveLimitUs) + " us";
    }

    /// <summary>The boot parameters that matter.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The parameters, or <c>none that matters</c>.</returns>
    public static string Boot(CStateConfig row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.BootParameter is { Length: 0 } ? "none that matters" : Wrap(row.BootParameter);
    }

    /// <summary>A text broken to the list's width.</summary>
    /// <param name="text">The text; null when there is none.</param>
    /// <returns>The text, or <c>-</c>.</returns>
    public static string Wrap(string? text) => string.IsNullOrEmpty(text) ? Absent : ViewText.Wrap(text, ListWidth);

    /// <summary>Whole microseconds.</summary>
    /// <param name="us">The value; null when not known.</param>
    /// <returns>For instance <c>290</c>.</returns>
    public static string Us(double? us) => Number(us, "0");

    /// <summary>A PM QoS limit.</summary>
    /// <param name="us">The limit; null when not known.</param>
    /// <returns>For instance <c>100</c>, or <c>none</c>.</returns>
    public static string Limit(double? us) => us == NoLimit ? "none" : Us(us);

    /// <summary>Microseconds as seconds.</summary>
    /// <param name="us">The value; null when not known.</param>
    /// <returns>For instance <c>12.5</c>.</returns>
    public static string Seconds(double? us) => Number(us / 1e6, "0.0");

    /// <summary>A count.</summary>
    /// <param name="count">The count; null when not known.</param>
    /// <returns>For instance <c>1.2M</c>.</returns>
    public static string Count(long? count) => count switch
    {
        null => Absent,
        >= 1_000_000_000 => Number(count / 1e9, "0.0") + "G",
        { } some => ViewText.Count(some),
    };

    /// <summary>Entries per second.</summary>
    /// <param name="rate">The rate; null when not known.</param>
    /// <returns>For instance <c>1234.5</c>.</returns>
    public static string Rate(double? rate) => Number(rate, Math.Abs(rate ?? 0) < 100_000 ? "0.0" : "0");

    /// <summary>A share.</summary>
    /// <param name="percent">The share; null when not known.</param>
    /// <returns>For instance <c>97.20</c>.</returns>
    public static string Percent(double? percent) => Number(percent, "0.00");

    /// <summary>A mean stay in a state.</summary>
    /// <param name="us">Microseconds; null when there was none.</param>
    /// <returns>For instance <c>812.4</c>.</returns>
    public static string Stay(double? us) => Number(us, Math.Abs(us ?? 0) < 100_000 ? "0.0" : "0");

    /// <summary>Where a state is off.</summary>
    /// <param name="row">The row.</param>
    /// <returns><c>yes</c>, <c>no</c>, or <c>-</c>.</returns>
    public static string Off(CpuCState row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Disabled switch { true => "yes", false => "no", null => Absent };
    }

    /// <summary>The CPUs of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>0-127</c>.</returns>
    public static string Range(CStateUsage row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.CpuRange ?? Absent;
    }

    /// <summary>A state, with a star where the row has a note about its numbers.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>C6 *</c>.</returns>
    public static string State(CStateUsage row)
    {
        ArgumentNullException.ThrowIfNull(row);

        // That the hardware's counters are not there is so on most machines, and in every row.
        bool isAboutNumbers = row.Note is not null && !row.Note.StartsWith(HardwareResidency.NotePrefix, StringComparison.Ordinal);
        return row.State + (isAboutNumbers ? " *" : string.Empty);
    }

    /// <summary>The heading over the rows of a host.</summary>
    /// <param name="row">The first row.</param>
    /// <returns>The host and the time that is covered.</returns>
    public static string Group(CStateUsage row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return $"{row.HostName}, {Number(row.DurationSeconds, "0.00")} s";
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? Absent;
}
