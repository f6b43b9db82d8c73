namespace VirtLatency.Analysis.Joining;

/// <summary>What a sequence number is among those of its ping that came before.</summary>
internal enum SequenceStep
{
    /// <summary>A packet that was not there yet.</summary>
    Next,

    /// <summary>A duplicate, and flagged as one.</summary>
    Repeated,

    /// <summary>A number that was there: another ping with the same id begins.</summary>
    Again,

    /// <summary>A number far off both its neighbours: damaged.</summary>
    Odd,
}
