namespace VirtLatency.Model;

/// <summary>
/// Where a log was taken, as text: what it says itself, and what a manifest says of its machine. Two logs of one role
/// that differ in it were taken at different places; null is unknown and differs from nothing. Several values are joined by "; ".
/// </summary>
/// <param name="HostName">The machine.</param>
/// <param name="KernelRelease">Its kernel: the one the tool prints, else the manifest's.</param>
/// <param name="Device">Tap devices.</param>
/// <param name="Queue">Queues.</param>
/// <param name="WorkerTid">Thread ids of vhost workers.</param>
internal sealed record LogOrigin(string? HostName = null, string? KernelRelease = null, string? Device = null, string? Queue = null, string? WorkerTid = null)
{
    private const int MostNamed = 8;

    /// <summary>Nothing is known.</summary>
    public static readonly LogOrigin Unknown = new();

    /// <summary>Values as one text; null for none. Of more than eight, eight and how many there are.</summary>
    public static string? Text<T>(IEnumerable<T?> values)
    {
        string[] named = [.. values.OfType<T>().Distinct().Order().Select(value => FormattableString.Invariant($"{value}"))];
        return named.Length switch
        {
            0 => null,
            <= MostNamed => string.Join("; ", named),
            _ => FormattableString.Invariant($"{string.Join("; ", named.Take(MostNamed))} ... ({named.Length})"),
        };
    }
}
