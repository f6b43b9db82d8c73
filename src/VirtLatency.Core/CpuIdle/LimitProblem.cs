namespace VirtLatency.CpuIdle;

/// <summary>Why a limit is not set, or not taken back. The names are the ids of the errors.</summary>
public enum LimitProblem
{
    /// <summary>The host has no idle states to limit.</summary>
    NoCpuIdle,

    /// <summary>The CPU is offline.</summary>
    CpuOffline,

    /// <summary>No state has that name.</summary>
    UnknownState,

    /// <summary>POLL is never switched off.</summary>
    PollingState,

    /// <summary>A CPU would be left with busy waiting only.</summary>
    PollingOnly,

    /// <summary>The kernel does not give what the limit needs: a latency, or the file to write.</summary>
    NotLimitable,

    /// <summary>The method cannot express the limit.</summary>
    MethodUnsuited,

    /// <summary>Nothing can be written there: a captured tree.</summary>
    HostNotLive,

    /// <summary>The journal cannot be written; the host was not touched.</summary>
    JournalNotWritten,

    /// <summary>No journal of the host is there.</summary>
    JournalNotFound,

    /// <summary>The journal, or the change's text, cannot be understood.</summary>
    JournalInvalid,

    /// <summary>Someone else could have written the journal.</summary>
    JournalNotTrusted,

    /// <summary>A write failed; all that was changed is put back.</summary>
    LimitNotWritten,

    /// <summary>A write failed, and not all could be put back.</summary>
    RollbackFailed,

    /// <summary>The host is not as it was when the limit was set.</summary>
    HostChanged,

    /// <summary>No CPU, or nothing of cpuidle, is shown, so that a check would say nothing.</summary>
    NothingToCheck,

    /// <summary>The timer that takes the limit back could not be armed.</summary>
    RevertNotArmed,
}
