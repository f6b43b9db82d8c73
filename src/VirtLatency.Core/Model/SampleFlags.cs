namespace VirtLatency.Model;

/// <summary>
/// What is unusual about a sample. All but <see cref="First"/> and <see cref="Reordered"/> keep the sample out of means
/// unless it was imported with -IncludeFlagged (<see cref="SampleSelection.KeepsOut"/>); the sample itself is always kept.
/// </summary>
[Flags]
public enum SampleFlags : ushort
{
    /// <summary>Nothing unusual.</summary>
    None = 0,

    /// <summary>Sequence 1 of a run, 0 in busybox' ping (ARP, OVS upcall, cold caches). A mark only: kept in means unless -ExcludeFirst.</summary>
    First = 1,

    /// <summary>A printed difference is below zero: stages were seen out of order. Of ping's 0.000: its clock went back.</summary>
    Negative = 2,

    /// <summary>A negative difference printed as an unsigned number: of 64 bits, in busybox' ping of 32.</summary>
    Wrapped = 4,

    /// <summary>s0 over 1 ms and over half the distance from the line before: a kick that was left in the tool's queue.</summary>
    StaleKick = 8,

    /// <summary>Stage 4 to 5 over 1 ms: most likely another interrupt with the same vector number.</summary>
    LateInterrupt = 16,

    /// <summary>Stage 5 ran in a kworker: the injection was deferred out of the vhost worker.</summary>
    DeferredInterrupt = 32,

    /// <summary>A round trip over the time-out: the tool kept the first packet's stamp for a later one with the same id and sequence.</summary>
    StaleFlow = 64,

    /// <summary>The id and sequence of a sample that was read just before.</summary>
    Duplicate = 128,

    /// <summary>Its sequence is below one of the same id that was read before it. A mark only: a slow answer comes behind the next one's.</summary>
    Reordered = 256,

    /// <summary>Its parts do not add up to its total, though one clock measured them: lines of two records met, or a digit was lost.</summary>
    Inconsistent = 512,
}
