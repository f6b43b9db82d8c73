using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.CpuIdle;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>
/// Restore-CStateLimit: takes limits back, from the newest journal of each host, from a named one, or from what
/// Set-CStateLimit -PassThru gave, also after a serialization. Changes that come together are taken back last first.
/// </summary>
[Cmdlet(VerbsData.Restore, "CStateLimit", DefaultParameterSetName = ParameterSets.Journal, SupportsShouldProcess = true)]
[OutputType(typeof(CStateChange))]
public sealed class RestoreCStateLimitCommand : HostCommand
{
    private readonly List<Change> _changes = [];

    /// <summary>A folder with journals, or one journal.</summary>
    [Parameter(ParameterSetName = ParameterSets.Journal)]
    [Parameter(ParameterSetName = ParameterSets.List)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Changes of Set-CStateLimit -PassThru.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ParameterSets.Change)]
    [ValidateNotNull]
    public object[] InputObject { get; set; } = [];

    /// <summary>Lists the journals instead.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.List)]
    public SwitchParameter ListAvailable { get; set; }

    /// <summary>Goes on where the host differs from the time of the change.</summary>
    [Parameter(ParameterSetName = ParameterSets.Journal)]
    [Parameter(ParameterSetName = ParameterSets.Change)]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits what was taken back.</summary>
    [Parameter(ParameterSetName = ParameterSets.Journal)]
    [Parameter(ParameterSetName = ParameterSets.Change)]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object item in InputObject)
        {
            if (Parse(item) is { } change)
            {
                _changes.Add(change);
            }
            else
            {
                WriteError(ErrorFactory.NotAChange(item));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string? path = JournalPath is null ? null : PathResolver.ToWrite(this, JournalPath);
        var store = new JournalStore(path);
        try
        {
            if (ListAvailable)
            {
                List(store);
            }
            else if (ParameterSetName == ParameterSets.Change)
            {
                RefuseHostBesideChange();
                RestoreChanges();
            }
            else if (store.IsFile)
            {
                Change change = Of(path!, JournalStore.Read(path!));
                RestoreOn([new Wanted(HostName.Length + SysRoot.Length > 0 ? Targets()[0] : TargetOf(change.Row.HostName), _ => change)]);
            }
            else
            {
                RestoreOn([.. Targets().Select(target => new Wanted(target, host => NewestOf(store, host)))]);
            }
        }
        catch (LimitException e)
        {
            WriteError(ErrorFactory.Limit(e));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            WriteError(ErrorFactory.File(path ?? JournalStore.DefaultFolder, e));
        }
    }

    private static Change NewestOf(JournalStore store, IHostAccess host)
    {
        (string path, LimitJournal journal) = store.Newest(host.HostName);
        return Of(path, journal);
    }

    private static Change Of(string path, LimitJournal journal) =>
        new(ChangeRows.Of(path, journal), LimitUndo.Of(journal), journal.RevertMark is not null && journal.Used is null, journal.Used is null);

    /// <summary>The texts of a change, from the object itself or from what a serialization left of it.</summary>
    private static Change? Parse(object item)
    {
        var wrapped = PSObject.AsPSObject(item);
        string? Text(string name) => Unwrap.BaseObject(wrapped.Properties[name]?.Value) as string;
        if (Text("HostName") is not { Length: > 0 } hostName || Text("Before") is not { } before || Text("After") is not { } after
            || !ChangeText.TryParse(before, after, out IReadOnlyList<LimitWrite> writes)
            || Text("ChangeId") is { } changeId && !changeId.All(char.IsAsciiLetterOrDigit))
        {
            return null;
        }

        var row = new CStateChange
        {
            ChangeId = Text("ChangeId"),
            HostName = hostName,
            JournalPath = Text("JournalPath"),
            CpuCount = writes.Select(write => write.Cpu).Distinct().Count(),
            Before = before,
            After = after,
            BootId = Text("BootId"),
            Created = Unwrap.BaseObject(wrapped.Properties["Created"]?.Value) as DateTime?,
        };
        bool hasId = row.ChangeId is { Length: > 0 };
        LimitJournal? journal = hasId && row.JournalPath is not null ? JournalStore.Find(row.JournalPath, row.ChangeId!) : null;
        return new Change(row, new LimitUndo(writes, row.ChangeId ?? string.Empty, row.BootId, null) { Used = journal?.Used }, hasId && journal?.Used is null, journal is { Used: null });
    }

    private static HostTarget TargetOf(string hostName) => new(hostName.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase) ? null : hostName, null);

    private void RefuseHostBesideChange()
    {
        if (HostName.Length + SysRoot.Length > 0)
        {
            ThrowTerminatingError(ErrorFactory.ParametersExclude(nameof(InputObject), HostName.Length > 0 ? nameof(HostName) : nameof(SysRoot), "a change names its host itself"));
        }
    }

    private void List(JournalStore store)
    {
        foreach ((string path, LimitJournal journal) in store.List(damaged => WriteError(ErrorFactory.Limit(damaged))).Where(item => HostName.Length == 0 || HostName.Contains(item.Journal.HostName, StringComparer.OrdinalIgnoreCase)))
        {
            WriteObject(ChangeRows.Of(path, journal, null, journal.Used is { } used ? FormattableString.Invariant($"taken back {used:yyyy-MM-dd HH:mm:ss}Z") : null));
        }
    }

    /// <summary>The changes of one host last first, one after the other; hosts beside each other.</summary>
    private void RestoreChanges()
    {
        Change[][] hosts = [.. Enumerable.Reverse(_changes).GroupBy(change => TargetOf(change.Row.HostName)).Select(group => group.ToArray())];
        for (int round = 0; hosts.Any(changes => changes.Length > round); round++)
        {
            RestoreOn([.. hosts.Where(changes => changes.Length > round).Select(changes => changes[round]).Select(change => new Wanted(TargetOf(change.Row.HostName), _ => change))]);
        }
    }

    /// <summary>All hosts are read, then each is asked about with what its files say now, then all that were accepted are written.</summary>
    private void RestoreOn(IReadOnlyList<Wanted> wanted)
    {
        var planned = new List<Planned>();
        OnTargets(wanted, (one, _) => Plan(one), planned.Add);
        Planned[] accepted = [.. planned.Where(IsAccepted)];
        OnTargets(accepted, (one, _) => Apply(one), done => Emit(done, done.Plan.Writes.Count == 0 ? "every value was as before already" : "taken back"));
    }

    private bool IsAccepted(Planned planned)
    {
        LimitRestore plan = planned.Plan;
        if (plan.LaterCpus.Count > 0)
        {
            WriteWarning($"CPUs {CpuRange.TextOf(plan.LaterCpus)} of {plan.HostName} came online after the limit was set; it never reached them.");
        }

        string nothing = plan.Differences.Count == 0 ? "nothing: every value is as before" : "nothing: what is left of it is as before";
        string states = plan.Writes.Count == 0 ? nothing : string.Join(", ", plan.Writes.GroupBy(write => (write.State, write.Before)).Select(group =>
            $"{group.Key.State ?? "resume latency"} = {group.Key.Before} on CPUs {CpuRange.TextOf(group.Select(write => write.Cpu))}"));
        if (plan.Writes.Count == 0 && plan.Differences.Count == 0 && !planned.Change.MayBeArmed && (!planned.Change.IsOpen || Cpu.Length > 0))
        {
            WriteVerbose($"{plan.HostName}: every value is as before; nothing is written.");
            Emit(planned, "every value was as before already");
            return false;
        }

        return ShouldProcess($"{plan.HostName}, change {plan.ChangeId}", "Restore " + states);
    }

    private Planned Plan(Wanted wanted) => With(wanted.Target, host =>
    {
        Change change = wanted.Find(host);
        LimitUndo undo = change.Undo with { Writes = [.. change.Undo.Writes.Where(write => Cpu.Length == 0 || Cpu.Contains(write.Cpu))], Later = LaterThan(change.Row) };
        var plan = LimitRestore.Of(host, undo, Stop);
        plan.Refuse(Force);
        return new Planned(wanted.Target, change, plan);
    });

    private Planned Apply(Planned planned) => With(planned.Target, host =>
    {
        planned.Plan.Apply(host, Force, disarm: Cpu.Length == 0 && host.IsLive);
        if (planned.Change is { IsOpen: true, Row.JournalPath: { } path } && Cpu.Length == 0)
        {
            JournalStore.MarkUsed(path, planned.Plan.ChangeId);
        }

        return planned;
    });

    private static IReadOnlyList<LimitJournal> LaterThan(CStateChange row) => row is { ChangeId: not null, Created: { } created }
        ? JournalStore.Later(row.JournalPath ?? JournalStore.DefaultFolder, row.HostName, row.ChangeId, row.BootId, created.Kind == DateTimeKind.Local ? created.ToUniversalTime() : created)
        : [];

    private void Emit(Planned planned, string note)
    {
        if (PassThru)
        {
            WriteObject(planned.Change.Row with { Note = note });
        }
    }

    private sealed record Change(CStateChange Row, LimitUndo Undo, bool MayBeArmed, bool IsOpen);

    private sealed record Wanted(HostTarget Target, Func<IHostAccess, Change> Find);

    private sealed record Planned(HostTarget Target, Change Change, LimitRestore Plan);
}
